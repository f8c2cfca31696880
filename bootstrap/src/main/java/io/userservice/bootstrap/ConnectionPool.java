package io.userservice.bootstrap;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.userservice.adapter.persistence.Persistence;
import java.time.Duration;

/**
 * Makes the pool of connections to PostgreSQL. Doesn't connect yet: the database may come later.
 */
final class ConnectionPool {
  /** How long a request waits for a connection before it is told that the database is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * A connection that was used within this time isn't asked whether it is alive before it is used
   * again, or an idle relay would ask twice each time. The pool has no other way to say so.
   */
  private static final String TRUSTED_FOR = "com.zaxxer.hikari.aliveBypassWindowMs";

  /**
   * Connections kept ready for what may come; more are made when they are wanted, and given back
   * ten minutes later. All at once would take from the start what it has least of.
   */
  private static final int READY = 2;

  static {
    System.setProperty(TRUSTED_FOR, "4000");
  }

  private ConnectionPool() {}

  static HikariDataSource open(DatabaseAddress address, int size) {
    return new HikariDataSource(config(address, size));
  }

  static HikariDataSource open(DatabaseAddress address, int size, MeterRegistry registry) {
    var config = config(address, size);
    config.setMetricRegistry(registry);
    return new HikariDataSource(config);
  }

  private static HikariConfig config(DatabaseAddress address, int size) {
    var config = new HikariConfig();
    config.setPoolName("postgres");
    config.setJdbcUrl(address.jdbcUrl());
    address.user().ifPresent(config::setUsername);
    address.password().map(Secret::value).ifPresent(config::setPassword);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(READY, size));
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setValidationTimeout(PATIENCE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(Persistence.SESSION);
    config.addDataSourceProperty("ApplicationName", "user-service");
    // a server that vanished without a word is noticed: no statement of ours takes this long
    config.addDataSourceProperty("socketTimeout", "20");
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return config;
  }
}
