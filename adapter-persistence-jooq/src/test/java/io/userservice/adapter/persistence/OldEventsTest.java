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
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

      assertThat(store.persistence().purgeEvents(START.plusMillis(1))).as("just now").isZero();
      PostgresFixture.execute("update deliveries set delivered_at = '" + START + "'");

      assertThat(store.persistence().purgeEvents(START)).as("earlier than that").isZero();
      assertThat(store.persistence().purgeEvents(START.plusMillis(1))).isEqualTo(1);
      assertThat(store.persistence().purgeEvents(START.plusMillis(1))).isZero();

      assertThat(store.log().history(ana.key(), Optional.empty(), 10))
          .containsExactly(later.event());
      assertThat(store.log().after(ACME, Position.START, 10)).hasSize(1);
      assertThat(store.outbox().next(10)).hasSize(1);
      assertThat(store.users().find(ana.key())).as("the user stays").isPresent();
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
