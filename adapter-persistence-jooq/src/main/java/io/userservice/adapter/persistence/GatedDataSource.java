package io.userservice.adapter.persistence;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Gives no connection until it is opened: while the schema isn't there, the database counts as
 * away.
 */
final class GatedDataSource implements DataSource {
  private final DataSource behind;
  private volatile boolean open;

  GatedDataSource(DataSource behind, boolean open) {
    this.behind = behind;
    this.open = open;
  }

  void open() {
    open = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    demandOpen();
    return behind.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    demandOpen();
    return behind.getConnection(user, password);
  }

  private void demandOpen() throws SQLException {
    if (!open) {
      throw new SQLTransientConnectionException("its schema isn't up to date yet", "08001");
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return behind.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    behind.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    behind.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return behind.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return behind.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return behind.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return behind.isWrapperFor(type);
  }
}
