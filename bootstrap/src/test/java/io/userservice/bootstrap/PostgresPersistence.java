package io.userservice.bootstrap;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.userservice.adapter.persistence.Persistence;
import io.userservice.adapter.persistence.SchemaMigration;
import io.userservice.adapter.persistence.testserver.PostgresPorts;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The ports over a real PostgreSQL, for the HTTP adapter's own tests: they find it as a service.
 * One database for all of them, emptied for each.
 */
public final class PostgresPersistence extends PostgresPorts {
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
  protected Persistence persistence() {
    return persistence;
  }

  @Override
  public Duration leaseDuration() {
    return Persistence.LEASE;
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
