package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.StreamLedger.Reopened;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

final class OldEventsTest {

  @Test
  void only_old_events_that_were_delivered_long_ago_are_purged() throws SQLException {
    try (var store = new PostgresFixture()) {
      var ana = user(ACME, "ana@example.org");
      var waiting = user(ACME, "bob@example.org");
      var later = commit(changed(ana, profile("ana@example.org", "II")));
      store.users().commit(commit(ana));
      store.users().commit(later);
      store.users().commit(commit(waiting));
      var holder = store.holder();
      var sequence = 1;
      for (var pending : store.outbox().next(2)) {
        store.outbox().delivered(holder, List.of(new Delivery(pending, sequence++)));
      }

      PostgresFixture.execute(
          "update user_events set at = now() - interval '2 days' where version = 1",
          "update user_events set at = now() where version > 1");

      assertThat(store.persistence().purgeEvents(Duration.ofDays(1))).as("just now").isZero();
      PostgresFixture.execute("update deliveries set delivered_at = now() - interval '2 days'");

      assertThat(store.persistence().purgeEvents(Duration.ofDays(3))).as("not so old").isZero();
      assertThat(store.persistence().purgeEvents(Duration.ofDays(1))).isEqualTo(1);
      assertThat(store.persistence().purgeEvents(Duration.ofDays(1))).isZero();

      assertThat(store.log().history(ana.key(), Optional.empty(), 10))
          .extracting(RecordedEvent::id)
          .containsExactly(later.event().id());
      assertThat(store.log().after(ACME, Position.START, 10)).hasSize(1);
      assertThat(store.outbox().next(10)).hasSize(1);
      assertThat(store.users().find(ana.key())).as("the user stays").isPresent();
    }
  }

  /** The instance's clock may be years ahead of it: here it is the database's that is behind. */
  @Test
  void age_is_reckoned_by_the_clock_of_the_database() throws SQLException {
    try (var store = new PostgresFixture();
        var connection = PostgresFixture.dataSource().getConnection()) {
      var old = commit(user(ACME, "ana@example.org"));
      store.users().commit(old);
      store.users().commit(commit(user(ACME, "bob@example.org")));
      var database = DSL.using(connection, SQLDialect.POSTGRES);
      connection.setAutoCommit(false);
      database.execute("delete from outbox");
      database.execute("update user_events set at = '2020-06-01'");
      database.execute(
          "update user_events set at = '2020-05-01' where id = ?", old.event().id().value());
      database.execute("create schema behind");
      database.execute(
          "create function behind.now() returns timestamptz stable return timestamptz"
              + " '2020-06-02'");
      database.execute("set local search_path = behind, public, pg_catalog");

      var purged = new OldEvents(database).purge(Duration.ofDays(20));

      assertThat(purged).isEqualTo(1);
      connection.rollback();
    }
  }

  @Test
  void what_is_delivered_again_is_as_young_as_that() throws SQLException {
    try (var store = new PostgresFixture()) {
      store.users().commit(commit(user(ACME, "ana@example.org")));
      var holder = store.holder();
      var pending = store.outbox().next(1).getFirst();
      store.outbox().delivered(holder, List.of(new Delivery(pending, 1)));
      PostgresFixture.execute("update deliveries set delivered_at = '" + START + "'");
      store.ledger().reopen(holder, 0, Optional.empty(), 10);
      store.outbox().delivered(holder, List.of(new Delivery(pending, 2)));

      assertThat(store.ledger().reopen(holder, 0, Optional.of(Duration.ofHours(1)), 10))
          .isEqualTo(new Reopened(1, 1));
    }
  }
}
