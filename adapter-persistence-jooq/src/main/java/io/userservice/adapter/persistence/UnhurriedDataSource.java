package io.userservice.adapter.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Gives connections that wait for an answer as long as it takes, however short the time is that the
 * others have. A server that vanishes without a word meanwhile is noticed by TCP's keep-alive only.
 * A pool sets the driver's time anew when a connection comes back to it; of the server's, such a
 * connection has none from then on.
 */
final class UnhurriedDataSource extends DelegatingDataSource {
  private static final int NO_LIMIT = 0;

  UnhurriedDataSource(DataSource behind) {
    super(behind);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return unhurried(super.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return unhurried(super.getConnection(user, password));
  }

  private static Connection unhurried(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, NO_LIMIT);
    try (var statement = connection.createStatement()) {
      statement.execute("set statement_timeout = 0");
    }
    return connection;
  }
}
