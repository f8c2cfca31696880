package io.userservice.bootstrap;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.userservice.adapter.persistence.Persistence;
import io.userservice.adapter.persistence.SchemaMigration;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import io.userservice.application.testkit.PersistenceFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The ports over a real PostgreSQL, for the HTTP adapter's own tests: they find it as a service.
 * One database for all of them, emptied for each.
 */
public final class PostgresPersistence implements PersistenceFixture {
  private static final HikariDataSource POOL = pool();

  private final Persistence persistence = new Persistence(reachable(), () -> {});
  private volatile boolean isCutOff;

  /** With empty tables. */
  public PostgresPersistence() {
    execute(
        "truncate users, user_events, outbox, deliveries, streams, idempotency_keys"
            + " restart identity");
  }

  private DataSource reachable() {
    return new PGSimpleDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        if (isCutOff) {
          throw new SQLException("cut off", "08006");
        }
        return POOL.getConnection();
      }
    };
  }

  private static void execute(String sql) {
    try (var connection = POOL.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static HikariDataSource pool() {
    var config = new HikariConfig();
    config.setDataSource(PostgresServer.newDatabase().dataSource());
    config.setConnectionInitSql(Persistence.SESSION);
    var pool = new HikariDataSource(config);
    SchemaMigration.run(pool);
    return pool;
  }

  @Override
  public UserStore users() {
    return persistence.users();
  }

  @Override
  public UserDirectory directory() {
    return persistence.directory();
  }

  @Override
  public EventLog log() {
    return persistence.log();
  }

  @Override
  public Outbox outbox() {
    return persistence.outbox();
  }

  @Override
  public RecentCommits recent() {
    return persistence.recent();
  }

  @Override
  public StreamLedger ledger() {
    return persistence.ledger();
  }

  @Override
  public RelayLease lease() {
    return persistence.lease();
  }

  @Override
  public Duration leaseDuration() {
    return Persistence.LEASE;
  }

  @Override
  public CommitSignal signal() {
    return persistence.signal();
  }

  @Override
  public void restart() {
    POOL.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void ageKeys(Duration time) {
    execute(
        "update idempotency_keys set expires_at = expires_at - interval '%d seconds'"
            .formatted(time.toSeconds()));
  }

  @Override
  public void cutOff() {
    isCutOff = true;
  }

  @Override
  public void close() {
    // the pool is shared, the tables are emptied by the next one
  }
}
