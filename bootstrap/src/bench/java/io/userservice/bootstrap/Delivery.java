package io.userservice.bootstrap;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

/** How soon and how fast events reach the stream. */
final class Delivery {
  private static final int BACKLOG = 100_000;
  private static final int CHANGES_PER_SECOND = 200;

  /** A process of PostgreSQL's adds up what it did ten seconds after it did the last of it. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final String AUTOVACUUM =
      "select count(*) from pg_stat_activity where backend_type like 'autovacuum%'";

  /**
   * The newest goes last, so this question finds its answer at once, and doesn't slow down what it
   * asks about.
   */
  private static final String ANY =
      "select count(*) from (select from outbox order by seq desc limit 1)";

  private static final String FLUSHES =
      "select sum(fsyncs) from pg_stat_io where object = 'wal' and context = 'normal'";

  private static final String FLUSH_MICROS =
      "select (1000 * sum(fsync_time))::bigint from pg_stat_io "
          + "where object = 'wal' and context = 'normal'";

  private static final String OLDEST = "select min(seq) from outbox";

  private static final String EVENTS =
      """
      with logged as (
        insert into user_events (id, type, tenant_id, user_id, version, at, actor, payload)
        select gen_random_uuid(), 'user.created', 'acme', gen_random_uuid(), 1, now(), 'bench',
               '{"userId":"00000000-0000-7000-8000-000000000000","email":"backlog' || n || '@example.org","tenantId":"acme","timestamp":1795447257603}'
        from generate_series(1, %d) as n
        returning seq, user_id
      )
      insert into outbox (seq, user_id) select seq, user_id from logged
      """;

  private final Rig rig;
  private final Database database;

  Delivery(Rig rig, Database database) {
    this.rig = rig;
    this.database = database;
  }

  /**
   * From the commit to the arrival at a subscriber.
   *
   * @param flushMillis the average time of PostgreSQL's flush to disk, which is part of each delay
   */
  record Delays(Figures figures, double flushMillis) {}

  /**
   * PostgreSQL's own times, and the subscriber's. PostgreSQL's is that at which it began to make a
   * commit durable; nobody may hear of it before it is.
   */
  Delays delay(Instance service, HyperfoilLoad load, Duration time) throws Exception {
    awaitEmptyOutbox();
    try (var arrivals = new Arrivals(rig.nats().url())) {
      var flushed = database.count(FLUSH_MICROS);
      var flushes = database.count(FLUSHES);
      load.run(service, CHANGES_PER_SECOND, time);
      awaitEmptyOutbox();
      flushed = database.count(FLUSH_MICROS) - flushed;
      flushes = database.count(FLUSHES) - flushes;
      var delays = new ArrayList<Long>();
      var begin = newest() - time.toNanos() / 1_000; // before, the load was getting ready
      try (var connection = DriverManager.getConnection(database.jdbcUrl());
          var rows =
              connection
                  .createStatement()
                  .executeQuery(
                      """
                      select id::text,
                             (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1e6)::bigint
                      from users where created_at > now() - interval '1 hour'
                      """)) {
        var heard = arrivals.micros();
        while (rows.next()) {
          var at = heard.get(rows.getString(1));
          var committed = rows.getLong(2);
          if (at != null && committed > begin) {
            delays.add(at - committed);
          }
        }
      }
      delays.sort(null);
      var figures =
          new Figures(
              delays.size() / (double) time.toSeconds(),
              millis(delays, 0.5),
              millis(delays, 0.99),
              millis(delays, 0.999),
              0,
              Cpu.NONE);
      return new Delays(figures, flushed / 1e3 / flushes);
    }
  }

  /** When the last user was committed, in microseconds. */
  private long newest() throws SQLException {
    return database.count(
        """
        select max(extract(epoch from pg_xact_commit_timestamp(xmin)) * 1e6)::bigint
        from users where created_at > now() - interval '1 hour'
        """);
  }

  private static double millis(ArrayList<Long> sorted, double quantile) {
    return sorted.get((int) (quantile * (sorted.size() - 1))) / 1e3;
  }

  /** Events per second while a backlog is published. */
  double drain() throws SQLException {
    String first;
    try (var _ = TakenLease.from(database)) {
      database.execute(EVENTS.formatted(BACKLOG));
      database.execute("vacuum analyze outbox, user_events");
      first = "select count(*) from outbox where seq = " + database.count(OLDEST);
    }
    while (database.count(first) == 1) {
      LockSupport.parkNanos(1_000_000);
    }
    var begin = System.nanoTime();
    awaitEmptyOutbox();
    return BACKLOG / ((System.nanoTime() - begin) / 1e9);
  }

  void awaitEmptyOutbox() throws SQLException {
    while (database.count(ANY) > 0) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  /**
   * Statements per second that PostgreSQL gets from an instance that has nothing to do; without
   * those of its own autovacuum.
   */
  double idleStatements(Duration time) throws SQLException {
    awaitEmptyOutbox();
    database.execute("alter system set autovacuum = off");
    database.execute("select pg_reload_conf()");
    try {
      while (database.count(AUTOVACUUM) > 0) {
        LockSupport.parkNanos(100_000_000);
      }
      LockSupport.parkNanos(SILENCE.toNanos());
      var before = statements();
      LockSupport.parkNanos(time.toNanos());
      return (statements() - before - 1) / (double) time.toSeconds();
    } finally {
      database.execute("alter system reset autovacuum");
      database.execute("select pg_reload_conf()");
    }
  }

  /** Each of them is a transaction of its own; our own question is one too. */
  private long statements() throws SQLException {
    return database.count(
        """
        select xact_commit + xact_rollback from pg_stat_database, pg_stat_force_next_flush()
        where datname = current_database()
        """);
  }
}
