package io.userservice.adapter.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Gives connections that wait for an answer as long as it takes. A pool gives them the limit back
 * that its own have.
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
    return connection;
  }
}
