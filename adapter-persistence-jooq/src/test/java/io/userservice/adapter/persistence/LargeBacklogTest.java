package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many events, and somebody's transaction that stays open beside them, as a dump's or a report's
 * does, so that nothing can be cleaned up: the last thousand costs what the first one did. The
 * profile {@code faults} makes it a million events.
 */
final class LargeBacklogTest {
  private static final int EVENTS = Integer.getInteger("backlog.events", 50_000);
  private static final int BATCH = 500;
  private static final int SMALL = 1 << 20;

  /**
   * More than it takes to find an event's rows in three tables by their keys, and to alter them.
   */
  private static final long PAGES = 25;

  private static final long NEXT_TO_NOTHING = 5_000;
  private static final Duration KEPT = Duration.ofSeconds(EVENTS / 5);

  private final PostgresFixture postgres = new PostgresFixture();
  private final FencingToken holder = postgres.holder();

  @BeforeEach
  void commitEvents() {
    PostgresFixture.execute(
        """
        insert into user_events (id, type, tenant_id, user_id, version, at, payload)
        select gen_random_uuid(), 'user.created', 'acme', gen_random_uuid(), 1,
               now() - make_interval(secs => %d - number), '{}'
        from generate_series(1, %d) as number order by number
        """
            .formatted(EVENTS, EVENTS));
  }

  @AfterEach
  void end() {
    new PostgresFixture();
  }

  @Test
  void a_backlog_is_published_at_the_same_cost_from_the_first_batch_to_the_last()
      throws SQLException {
    PostgresFixture.execute(
        "insert into outbox (seq, user_id) select seq, user_id from user_events");
    try (var report = openReport()) {
      var first = costOfPublishing(EVENTS / 10);
      costOfPublishing(EVENTS * 8 / 10);
      var last = costOfPublishing(EVENTS / 10);

      assertThat(postgres.outbox().next(1)).isEmpty();
      assertThat(first).as("pages read for a tenth").isLessThan(EVENTS / 10 * PAGES);
      assertThat(last).as("pages read for the last tenth").isLessThan(first * 5 / 4);
      assertThat(Reads.size("outbox")).as("not cleaned up yet").isGreaterThan(SMALL);
      report.rollback();
    }

    PostgresFixture.execute("vacuum outbox");

    assertThat(Reads.size("outbox")).isLessThan(SMALL);
  }

  private long costOfPublishing(int events) {
    var before = Reads.pages();
    for (var left = events; left > 0; left -= BATCH) {
      publish(postgres.outbox().next(Math.min(BATCH, left)));
    }
    return Reads.pages() - before;
  }

  private void publish(List<Pending> batch) {
    assertThat(batch).isNotEmpty();
    postgres
        .outbox()
        .delivered(
            holder, batch.stream().map(event -> new Delivery(event, event.sequence())).toList());
  }

  @Test
  void old_events_are_purged_at_a_cost_that_grows_with_nothing_but_their_number()
      throws SQLException {
    PostgresFixture.execute(
        """
        insert into deliveries (seq, tenant_id, stream_seq, delivered_at)
        select seq, tenant_id, seq, at from user_events order by seq
        """);
    try (var report = openReport()) {
      var before = Reads.pages();

      var purged = postgres.persistence().purgeEvents(KEPT);

      assertThat(purged).isBetween(EVENTS * 79L / 100, EVENTS * 81L / 100);
      assertThat(Reads.pages() - before).as("pages read").isLessThan(PAGES * purged);
      report.rollback();
    }
    PostgresFixture.execute("vacuum user_events, deliveries");
    var before = Reads.pages();

    // longer than the test takes, or what has grown too old meanwhile is found
    assertThat(postgres.persistence().purgeEvents(KEPT.plusHours(1))).isZero();

    assertThat(Reads.pages() - before).as("pages read to find none").isLessThan(NEXT_TO_NOTHING);
  }

  private static Connection openReport() throws SQLException {
    var report = PostgresFixture.dataSource().getConnection();
    report.setAutoCommit(false);
    report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    report.createStatement().execute("select count(*) from outbox");
    return report;
  }
}
