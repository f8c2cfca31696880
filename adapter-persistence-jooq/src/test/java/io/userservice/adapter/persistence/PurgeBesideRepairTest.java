package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger.Reopened;
import io.userservice.application.driving.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Both are about the oldest events. The one that comes second sees nothing of what the first has
 * done until it waits for it: that is open when it begins.
 */
final class PurgeBesideRepairTest {
  private static final int EVENTS = 20;
  private static final Duration A_DAY = Duration.ofDays(1);

  private final PostgresFixture store = new PostgresFixture();
  private final FencingToken holder = store.holder();
  private List<Pending> old = List.of();

  @BeforeEach
  void deliver_events_long_ago() {
    for (var i = 0; i < EVENTS; i++) {
      store.users().commit(commit(user(ACME, "user%d@example.org".formatted(i))));
    }
    old = store.outbox().next(EVENTS);
    store.outbox().delivered(holder, deliveries());
    PostgresFixture.execute(
        "update user_events set at = now() - interval '2 days'",
        "update deliveries set delivered_at = now() - interval '2 days'");
  }

  @Test
  void what_is_being_put_back_is_not_purged() throws Exception {
    try (var repair = open()) {
      reopen(repair);
      var purge = whileItWaitsFor(repair, () -> store.persistence().purgeEvents(A_DAY));

      repair.commit();

      assertThat(purge.get()).isZero();
      assertThat(store.outbox().next(EVENTS)).hasSize(EVENTS);
    }
  }

  @Test
  void what_is_being_delivered_once_more_is_not_purged() throws Exception {
    try (var repair = open()) {
      reopen(repair);
      OutboxStatements.delivered(repair, holder, deliveries());
      var purge = whileItWaitsFor(repair, () -> store.persistence().purgeEvents(A_DAY));

      repair.commit();

      assertThat(purge.get()).isZero();
      assertThat(store.log().after(ACME, Position.START, EVENTS)).hasSize(EVENTS);
    }
  }

  @Test
  void what_is_being_purged_is_not_put_back() throws Exception {
    try (var retention = open()) {
      assertThat(new OldEvents(database(retention)).purge(A_DAY)).isEqualTo(EVENTS);
      var repair =
          whileItWaitsFor(
              retention, () -> store.ledger().reopen(holder, 0, Optional.empty(), 2 * EVENTS));

      retention.commit();

      assertThat(repair.get()).isEqualTo(new Reopened(EVENTS, 0));
      assertThat(store.outbox().backlog().pending()).isZero();
    }
  }

  /** As earlier versions left them. */
  @Test
  void a_place_without_an_event_keeps_nobody_from_counting_what_waits() {
    PostgresFixture.execute(
        "delete from user_events where seq = 1",
        "insert into outbox (seq, user_id) values (1, gen_random_uuid())");

    assertThat(store.outbox().backlog()).isEqualTo(new Backlog(1, Optional.empty(), 0));
  }

  private List<Delivery> deliveries() {
    return old.stream().map(event -> new Delivery(event, event.sequence())).toList();
  }

  private void reopen(Connection repair) {
    var reopened =
        new JooqStreamLedger(database(repair), new Watermark())
            .reopen(holder, 0, Optional.empty(), 2 * EVENTS);
    assertThat(reopened).isEqualTo(new Reopened(EVENTS, EVENTS));
  }

  private static Connection open() throws SQLException {
    var connection = PostgresFixture.freshConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static DSLContext database(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** Comes back when the second one has begun, and waits for a row of the first. */
  private static <T> Future<T> whileItWaitsFor(Connection first, Supplier<T> second) {
    var transaction =
        database(first).fetchSingle("select pg_current_xact_id()::text").get(0, String.class);
    var outcome = CompletableFuture.supplyAsync(second);
    await().until(() -> outcome.isDone() || somebodyWaitsFor(transaction));
    assertThat(outcome).isNotDone();
    return outcome;
  }

  private static boolean somebodyWaitsFor(String transaction) {
    return DSL.using(PostgresFixture.dataSource(), SQLDialect.POSTGRES)
        .fetchSingle(
            "select exists (select from pg_locks where not granted and transactionid::text = ?)",
            transaction)
        .get(0, boolean.class);
  }
}
