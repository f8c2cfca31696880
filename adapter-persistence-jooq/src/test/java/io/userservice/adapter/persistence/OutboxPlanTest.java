package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.testkit.Users;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
  private FencingToken holder = postgres.holder();

  @BeforeEach
  void an_outage_after_quiet_days() {
    PostgresFixture.execute("alter table outbox set (autovacuum_enabled = off)");
    PostgresFixture.execute("vacuum analyze outbox, user_events, deliveries");
    for (var i = 0; i < OFTEN_ENOUGH; i++) {
      assertThat(postgres.outbox().next(BATCH)).isEmpty();
      postgres.outbox().delivered(holder, List.of());
      postgres.outbox().find(List.of());
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
    var before = Reads.rows();

    var pending = postgres.outbox().next(BATCH);

    assertThat(pending).hasSize(BATCH);
    assertThat(Reads.rows() - before).as("rows read to find a batch").isLessThan(5 * BATCH);
    before = Reads.rows();

    deliver(pending);

    assertThat(Reads.rows() - before).as("rows read to mark a batch").isLessThan(5 * BATCH);
    assertThat(postgres.outbox().backlog().pending()).isEqualTo(PENDING - BATCH);
  }

  @Test
  void what_is_found_in_the_stream_is_looked_up_without_reading_the_whole_queue() {
    var some = postgres.outbox().next(BATCH);
    var before = Reads.rows();

    var found = postgres.outbox().find(some.stream().map(event -> event.event().id()).toList());

    assertThat(found).isEqualTo(some);
    assertThat(Reads.rows() - before).as("rows read to find a batch").isLessThan(5 * BATCH);
  }

  /** As a dump or a report does: it sees what was there when it began, so nothing is cleaned up. */
  @Test
  void a_long_transaction_beside_it_makes_no_batch_dearer() throws SQLException {
    try (var report = PostgresFixture.dataSource().getConnection()) {
      report.setAutoCommit(false);
      report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      report.createStatement().execute("select count(*) from outbox");
      assertThat(entriesToFindTheEleventhBatch()).isLessThan(5 * BATCH);
      report.rollback();
    }
  }

  /** Somebody changes something else, and goes to lunch before the commit. */
  @Test
  void a_long_transaction_that_writes_makes_no_batch_dearer() throws SQLException {
    try (var other = PostgresFixture.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("select pg_current_xact_id()");
      assertThat(entriesToFindTheEleventhBatch()).isLessThan(5 * BATCH);
      other.rollback();
    }
  }

  /** While each is sought, a change is on its way. */
  private long entriesToFindTheEleventhBatch() throws SQLException {
    try (var change = PostgresFixture.dataSource().getConnection()) {
      change.setAutoCommit(false);
      for (var i = 0; i < 10; i++) {
        CommitStatement.execute(change, Users.commit(user(ACME, "lost@example.org")));
        deliver(postgres.outbox().next(BATCH));
        change.rollback();
      }
    }
    PostgresFixture.execute("vacuum outbox");
    var before = Reads.entries();

    var pending = postgres.outbox().next(BATCH);

    assertThat(pending.getFirst().sequence()).isEqualTo(10 * BATCH + 1);
    return Reads.entries() - before;
  }

  @Test
  void what_was_drawn_early_and_commits_late_is_found() throws SQLException {
    for (var i = 0; i < 4; i++) {
      deliver(postgres.outbox().next(BATCH));
    }
    var late = Users.commit(user(ACME, "late@example.org"));
    try (var connection = PostgresFixture.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      CommitStatement.execute(connection, late);
      postgres.users().commit(Users.commit(user(ACME, "soon@example.org")));
      deliverAll();
      postgres.users().commit(Users.commit(user(ACME, "then@example.org")));
      assertThat(postgres.outbox().next(BATCH)).hasSize(1);
      assertThat(postgres.outbox().next(BATCH)).hasSize(1);

      connection.commit();

      assertThat(postgres.outbox().next(BATCH))
          .hasSize(2)
          .first()
          .extracting(Pending::event)
          .isEqualTo(late.event());
    }
  }

  /** The newest transaction is known to nobody until it, or a newer one, has ended. */
  @Test
  void what_the_newest_transaction_drew_early_and_commits_late_is_found() throws SQLException {
    deliverAll();
    var late = Users.commit(user(ACME, "late@example.org"));
    try (var older = PostgresFixture.dataSource().getConnection();
        var newest = PostgresFixture.dataSource().getConnection()) {
      older.setAutoCommit(false);
      newest.setAutoCommit(false);
      older.createStatement().execute("select pg_current_xact_id()");
      CommitStatement.execute(newest, late);
      CommitStatement.execute(older, Users.commit(user(ACME, "soon@example.org")));
      older.commit();
      deliver(postgres.outbox().next(BATCH));
      postgres.users().commit(Users.commit(user(ACME, "then@example.org")));
      assertThat(postgres.outbox().next(BATCH)).hasSize(1);

      newest.commit();

      assertThat(postgres.outbox().next(BATCH))
          .hasSize(2)
          .first()
          .extracting(Pending::event)
          .isEqualTo(late.event());
    }
  }

  @Test
  void what_is_put_back_is_found_by_who_put_it_and_by_who_comes_next() {
    var other = new Persistence(PostgresFixture.dataSource(), () -> {});
    for (var i = 0; i < 4; i++) {
      deliver(postgres.outbox().next(BATCH));
    }

    var next = other.lease().tryAcquire().orElseThrow();

    var reopened = other.ledger().reopen(next.token(), 0, Optional.empty(), 1);

    assertThat(reopened.events()).isEqualTo(1);
    assertThat(other.outbox().next(1).getFirst().sequence()).isEqualTo(1);
    next.release();
    holder = postgres.holder();
    assertThat(postgres.outbox().next(1).getFirst().sequence()).isEqualTo(1);
    for (var i = 0; i < 4; i++) {
      deliver(postgres.outbox().next(BATCH));
    }
    assertThat(postgres.ledger().reopen(holder, 0, Optional.empty(), 1).events()).isEqualTo(1);
    assertThat(postgres.outbox().next(1).getFirst().sequence()).isEqualTo(1);
  }

  private void deliverAll() {
    for (var batch = postgres.outbox().next(BATCH); !batch.isEmpty(); ) {
      deliver(batch);
      batch = postgres.outbox().next(BATCH);
    }
  }

  private void deliver(List<Pending> batch) {
    postgres
        .outbox()
        .delivered(
            holder, batch.stream().map(event -> new Delivery(event, event.sequence())).toList());
  }
}
