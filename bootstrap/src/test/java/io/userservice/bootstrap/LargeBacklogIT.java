package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A long outage of NATS, and somebody's transaction that is open all the time, and has read and
 * written. The profile {@code faults} makes it a million events.
 */
@Isolated("takes all processors")
final class LargeBacklogIT {
  private static final int EVENTS = Integer.getInteger("backlog.events", 50_000);
  private static final int A_FEW = 500;
  private static final int SMALL = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** To look at a large table costs the server something, too. */
  private static final Duration RARELY = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private Faults faults;
  private Ledgers ledgers;

  @BeforeEach
  void startServers() throws IOException, SQLException {
    faults = new Faults(folder);
    ledgers = new Ledgers(faults.databaseUrl(), faults.nats().url());
    // So that a test need not wait a minute for what else happens within a minute.
    ledgers.execute("alter system set autovacuum_naptime = '1s'");
    ledgers.execute("select pg_reload_conf()");
  }

  @AfterEach
  void stopServers() {
    faults.close();
  }

  @Test
  void all_of_it_is_published_once_and_the_outbox_is_small_again_by_itself() throws Exception {
    var port = Faults.freePort();
    faults.startQuietService(port);
    awaitReady(port);
    faults.nats().stop();
    ledgers.execute(Backlog.of(EVENTS));
    try (var report = ledgers.connect()) {
      report.setAutoCommit(false);
      report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      report.createStatement().execute("select count(*) from outbox");
      report.createStatement().execute("select pg_current_xact_id()"); // as if it had written
      // Before it was committed each search passed over all of it: that is no search of a backlog.
      var before = entriesRead();

      faults.nats().restart();

      await().atMost(PATIENCE).pollInterval(RARELY).until(() -> ledgers.stored() >= EVENTS);
      await().atMost(PATIENCE).pollInterval(RARELY).until(() -> pending() == 0);
      assertThat(entriesRead() - before)
          .as("entries of the outbox's index")
          .isLessThan(10L * EVENTS);
      assertThat(size()).as("not cleaned up yet").isGreaterThan(SMALL);
      cleanUpButForTheLast(report);
    }
    await().atMost(PATIENCE).until(() -> size() < SMALL);
    ledgers.assertAgree(List.of());
  }

  /** Somebody else's question goes on a little longer, and may need what was marked last. */
  private void cleanUpButForTheLast(Connection report) throws SQLException {
    try (var question = ledgers.connect()) {
      ledgers.execute("alter table outbox set (autovacuum_enabled = off)");
      report.rollback();
      question.setAutoCommit(false);
      question.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      question.createStatement().execute("select 1");
      ledgers.execute(Backlog.of(A_FEW));
      await().atMost(PATIENCE).until(() -> pending() == 0);
      ledgers.execute("alter table outbox reset (autovacuum_enabled)");
      await().atMost(PATIENCE).until(() -> dead() == A_FEW);
      assertThat(size()).as("not cleaned up at its end").isGreaterThan(SMALL);
      question.rollback();
    }
  }

  private static void awaitReady(int port) throws InterruptedException {
    try (var api = new Api(port, "acme")) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> api.get("/health/ready").statusCode() == 200);
    }
  }

  private long pending() throws SQLException {
    return ledgers.count("select count(*) from outbox");
  }

  private long entriesRead() throws SQLException {
    return ledgers.count(
        "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'outbox_pkey'");
  }

  private long dead() throws SQLException {
    return ledgers.count("select n_dead_tup from pg_stat_user_tables where relname = 'outbox'");
  }

  private long size() throws SQLException {
    return ledgers.count("select pg_relation_size('outbox')");
  }
}
