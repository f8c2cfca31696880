package io.userservice.adapter.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.userservice.adapter.persistence.testserver.PostgresPorts;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.adapter.persistence.testserver.ServerAddress;
import io.userservice.application.driven.RelayLease.FencingToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The ports over a real PostgreSQL, its tables empty. One database and pool for all tests of a JVM.
 */
final class PostgresFixture extends PostgresPorts {
  private static final Duration LEASE = Duration.ofMillis(600);
  private static final ServerAddress ADDRESS = PostgresServer.newDatabase();
  private static final HikariDataSource POOL = pool(ADDRESS);

  static {
    SchemaMigration.run(POOL);
  }

  private final CuttableDataSource store = new CuttableDataSource(POOL);
  private Persistence persistence = new Persistence(store, () -> {}, LEASE, true);

  PostgresFixture() {
    execute(
        "truncate users, user_events, outbox, deliveries, streams, idempotency_keys restart"
            + " identity",
        "update relay_lease set holder = null, expires_at = '-infinity'");
  }

  private static HikariDataSource pool(ServerAddress address) {
    var config = new HikariConfig();
    config.setDataSource(address.dataSource());
    config.setMaximumPoolSize(20);
    config.setConnectionInitSql(Persistence.SESSION);
    return new HikariDataSource(config);
  }

  static HikariDataSource dataSource() {
    return POOL;
  }

  /** A pool of a test's own, to be closed: what it does to connections stays in it. */
  static HikariDataSource ownPool() {
    return pool(ADDRESS);
  }

  /** A connection outside the pool: no other test has prepared anything on it. */
  static Connection freshConnection() throws SQLException {
    var connection = ADDRESS.dataSource().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute(Persistence.SESSION);
    }
    return connection;
  }

  /** What shows that this is the one that publishes, until another does. */
  FencingToken holder() {
    var lease = lease().tryAcquire().orElseThrow();
    lease.release();
    return lease.token();
  }

  static void execute(String... statements) {
    try (var connection = POOL.getConnection();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Persistence persistence() {
    return persistence;
  }

  @Override
  public Duration leaseDuration() {
    return LEASE;
  }

  @Override
  public void restart() {
    POOL.getHikariPoolMXBean().softEvictConnections();
    persistence = new Persistence(store, () -> {}, LEASE, true);
  }

  @Override
  public void ageKeys(Duration time) {
    execute(
        "update idempotency_keys set expires_at = expires_at - interval '%d seconds'"
            .formatted(time.toSeconds()));
  }

  @Override
  public void cutOff() {
    store.cut();
  }

  @Override
  public void close() {
    // the pool is shared, the tables are emptied by the next fixture
  }
}
