package io.userservice.adapter.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.util.PSQLState;

/**
 * Gives connections that wait for an answer as long as it takes, however short the time is that the
 * others have. A server that vanishes without a word meanwhile is noticed by TCP's keep-alive only;
 * the server looks each second whether we are still there, for else it would build an index to its
 * end that nobody waits for any more, and undo it. A pool sets the driver's time anew when a
 * connection comes back to it; of the server's, such a connection has none from then on.
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
      haveUsLookedFor(statement);
    }
    return connection;
  }

  private static void haveUsLookedFor(Statement statement) throws SQLException {
    try {
      statement.execute("set client_connection_check_interval = '1s'");
    } catch (SQLException failure) {
      if (!PSQLState.INVALID_PARAMETER_VALUE.getState().equals(failure.getSQLState())) {
        throw failure;
      }
      // The server's system can't tell, Windows say: then it works on, as it does without.
    }
  }
}
