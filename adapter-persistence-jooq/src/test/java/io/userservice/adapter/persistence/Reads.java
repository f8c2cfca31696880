package io.userservice.adapter.persistence;

import java.sql.Connection;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * What PostgreSQL has read since it was started: the measure of a statement's cost that doesn't
 * depend on the machine.
 */
final class Reads {
  private Reads() {}

  /** Entries of the outbox's index. */
  static long entries() {
    return counted(
        "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'outbox_pkey'");
  }

  /** Rows of outbox, log and deliveries. */
  static long rows() {
    return counted(
        """
        select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint
        from pg_stat_user_tables
        where relname in ('outbox', 'user_events', 'deliveries')
        """);
  }

  /** Rows of users, keys and outbox; to be asked on the connection that has read them. */
  static long rows(Connection connection) {
    return counted(
        connection,
        """
        select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint
        from pg_stat_user_tables where relname in ('users', 'idempotency_keys', 'outbox')
        """);
  }

  /** Pages of users and of their indexes, likewise. */
  static long pages(Connection connection) {
    return counted(
        connection,
        """
        select heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit
        from pg_statio_user_tables where relname = 'users'
        """);
  }

  /** How often all users were gone through without an index, likewise. */
  static long wholeScans(Connection connection) {
    return counted(connection, "select seq_scan from pg_stat_user_tables where relname = 'users'");
  }

  /**
   * Pages of outbox, log and deliveries and of their indexes: passing over what is deleted costs
   * them too.
   */
  static long pages() {
    return counted(
        """
        select sum(heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit)::bigint
        from pg_statio_user_tables
        where relname in ('outbox', 'user_events', 'deliveries')
        """);
  }

  /** Bytes of a table on the disk, its indexes not counted. */
  static long size(String table) {
    return counted("select pg_relation_size('" + table + "')");
  }

  /** Counted when a backend is idle or told to; so each of the pool's is told to. */
  private static long counted(String query) {
    return DSL.using(PostgresFixture.dataSource(), SQLDialect.POSTGRES)
        .connectionResult(connection -> counted(connection, query));
  }

  private static long counted(Connection connection, String query) {
    var database = DSL.using(connection, SQLDialect.POSTGRES);
    database.execute("select pg_stat_force_next_flush()");
    return database.fetchSingle(query).get(0, Long.class);
  }
}
