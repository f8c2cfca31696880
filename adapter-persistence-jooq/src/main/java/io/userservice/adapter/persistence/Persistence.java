package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.SERVICE_SECRETS;

import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.Driver;

/**
 * All persistence ports over one PostgreSQL. The connection pool is the caller's, to be closed by
 * the caller, and tells its connections {@link #SESSION}. Ports may be asked for any number of
 * times and used by any number of threads.
 */
public final class Persistence {
  /** How long the right to publish lasts without being renewed. */
  public static final Duration LEASE = Duration.ofMillis(3_500);

  /**
   * What each connection of the pool is to be told when it is made. A statement is planned once,
   * and not for the values at hand: else PostgreSQL compares what it expects of such a plan with
   * what it expected of the first ones, and as the tables grow it may make one for each batch,
   * which takes a third as long as the batch. A plan that was made when the tables were small stays
   * for minutes, and while these grow by millions: so no plan may be one that suits small tables
   * alone. All that is asked has an index made for it. And a statement that waits for somebody's
   * lock, or works, ends before the driver gives up on it (20 s): what nobody waits for any more
   * would go on, and keep others from what it has locked itself.
   */
  public static final String SESSION =
      "set plan_cache_mode = force_generic_plan; "
          + "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; "
          + "set lock_timeout = '10s'; set statement_timeout = '15s'";

  /** Held, or its level would be forgotten. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF); // it shows whole URLs; what it can't do it throws
  }

  private final GatedDataSource dataSource;
  private final DSLContext database;
  private final ReadCombiner lookups;
  private final WriteCombiner commits;
  private final UserDirectory directory;
  private final RecentQueue recent = new RecentQueue();
  private final Watermark watermark = new Watermark();
  private final Duration leaseDuration;
  private final Runnable committed;
  private final CommitSignal signal = new LocalCommitSignal();

  /** Over a database whose schema is up to date, see {@link SchemaMigration}. */
  public Persistence(DataSource pool, Runnable committed) {
    this(pool, committed, LEASE, true);
  }

  /**
   * Over a database that counts as away until {@link #schemaIsUpToDate()} is called.
   *
   * @param committed called after each commit, beside the {@link #signal()}; must return at once
   */
  public static Persistence awaitingSchema(DataSource pool, Runnable committed) {
    return new Persistence(pool, committed, LEASE, false);
  }

  /** With another duration of the lease, for tests that wait for its end. */
  Persistence(DataSource pool, Runnable committed, Duration leaseDuration, boolean isMigrated) {
    this.dataSource = new GatedDataSource(pool, isMigrated);
    this.committed = committed;
    this.lookups = new ReadCombiner(dataSource);
    this.commits = new WriteCombiner(dataSource, recent, this::committed);
    this.leaseDuration = leaseDuration;
    this.database = DSL.using(dataSource, SQLDialect.POSTGRES);
    this.directory = new JooqUserDirectory(database, dataSource);
  }

  /** Whether a JDBC URL is one that can be connected to, should there be a server. */
  public static boolean understands(String jdbcUrl) {
    return new Driver().acceptsURL(jdbcUrl);
  }

  /** From now on the ports work: {@link SchemaMigration#run} has succeeded. */
  public void schemaIsUpToDate() {
    dataSource.open();
  }

  public UserStore users() {
    return new JooqUserStore(database, lookups, commits);
  }

  private void committed() {
    signal.raise();
    committed.run();
  }

  public UserDirectory directory() {
    return directory;
  }

  public EventLog log() {
    return new JooqEventLog(database);
  }

  public Outbox outbox() {
    return new JooqOutbox(database, dataSource, watermark);
  }

  /** What was committed through {@link #users()}. */
  public RecentCommits recent() {
    return recent;
  }

  public StreamLedger ledger() {
    return new JooqStreamLedger(database, watermark);
  }

  /** The lease as one instance of the service sees it; another with each call. */
  public RelayLease lease() {
    return new LeaseRow(database, leaseDuration, watermark::reset);
  }

  /** Raised after each commit made here; others may raise it too. */
  public CommitSignal signal() {
    return signal;
  }

  /** 32 bytes that all instances on this database share, to sign cursors with. */
  public byte[] cursorSecret() {
    return SqlFailures.translating(
        () ->
            database
                .select(SERVICE_SECRETS.VALUE)
                .from(SERVICE_SECRETS)
                .where(SERVICE_SECRETS.NAME.eq("cursor"))
                .fetchSingle(SERVICE_SECRETS.VALUE));
  }

  /**
   * Removes events from log and feed that happened so long ago by the database's clock, but for
   * those that are still to be published or were published later; a little at a time, so that
   * nothing waits for it.
   *
   * @return how many
   */
  public long purgeEvents(Duration age) {
    return new OldEvents(database).purge(age);
  }

  /** Whether the database answers. */
  public boolean isAvailable() {
    try {
      SqlFailures.translating(() -> database.selectOne().fetchSingle());
      return true;
    } catch (StoreUnavailable _) {
      return false; // that is the answer
    }
  }

  /**
   * Removes idempotency keys whose time is over, a little at a time.
   *
   * @return how many
   */
  public long purgeExpiredKeys() {
    return new ExpiredKeys(database).purge();
  }
}
