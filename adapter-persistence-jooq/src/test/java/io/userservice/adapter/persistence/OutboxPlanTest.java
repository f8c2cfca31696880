package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Delivery;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the relay's questions cost after an outage, in rows that PostgreSQL reads: a measure that
 * doesn't depend on the machine. What it knows of the tables, and the plans it has kept, are from
 * before, when there was next to nothing in them.
 */
final class OutboxPlanTest {
  private static final int PENDING = 20_000;
  private static final int BATCH = 500;

  /** The driver has PostgreSQL keep a plan from the fifth time on, PostgreSQL from the tenth. */
  private static final int OFTEN_ENOUGH = 20;

  private final PostgresFixture postgres = new PostgresFixture();

  @BeforeEach
  void an_outage_after_quiet_days() {
    PostgresFixture.execute("alter table outbox set (autovacuum_enabled = off)");
    PostgresFixture.execute("vacuum analyze outbox, user_events, deliveries");
    for (var i = 0; i < OFTEN_ENOUGH; i++) {
      assertThat(postgres.outbox().next(BATCH)).isEmpty();
      postgres.outbox().delivered(List.of());
    }
    PostgresFixture.execute(
        """
        insert into user_events (id, type, tenant_id, user_id, version, at, payload)
        select gen_random_uuid(), 'user.created', 'acme', gen_random_uuid(), 1, now(), '{}'
        from generate_series(1, %d)
        """
            .formatted(PENDING),
        "insert into outbox (seq, user_id) select seq, user_id from user_events",
        "select pg_stat_force_next_flush()");
  }

  @AfterEach
  void quiet_days() {
    PostgresFixture.execute("alter table outbox reset (autovacuum_enabled)");
    new PostgresFixture();
  }

  @Test
  void a_batch_is_read_and_marked_without_reading_the_whole_queue() {
    var before = rowsRead();

    var pending = postgres.outbox().next(BATCH);

    assertThat(pending).hasSize(BATCH);
    assertThat(rowsRead() - before).as("rows read to find a batch").isLessThan(5 * BATCH);
    before = rowsRead();

    postgres.outbox().delivered(pending.stream().map(event -> new Delivery(event, 1)).toList());

    assertThat(rowsRead() - before).as("rows read to mark a batch").isLessThan(5 * BATCH);
    assertThat(postgres.outbox().backlog().pending()).isEqualTo(PENDING - BATCH);
  }

  /** Counted when a backend is idle or told to; so each of the pool's is told to. */
  private static long rowsRead() {
    return DSL.using(PostgresFixture.dataSource(), SQLDialect.POSTGRES)
        .connectionResult(
            connection -> {
              var database = DSL.using(connection, SQLDialect.POSTGRES);
              database.execute("select pg_stat_force_next_flush()");
              return database
                  .fetchSingle(
                      """
                      select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint
                      from pg_stat_user_tables
                      where relname in ('outbox', 'user_events', 'deliveries')
                      """)
                  .get(0, Long.class);
            });
  }
}
