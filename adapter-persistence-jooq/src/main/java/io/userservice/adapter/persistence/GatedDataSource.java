package io.userservice.adapter.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

/**
 * Gives no connection until it is opened: while the schema isn't there, the database counts as
 * away.
 */
final class GatedDataSource extends DelegatingDataSource {
  private volatile boolean open;

  GatedDataSource(DataSource behind, boolean open) {
    super(behind);
    this.open = open;
  }

  void open() {
    open = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    demandOpen();
    return super.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    demandOpen();
    return super.getConnection(user, password);
  }

  private void demandOpen() throws SQLException {
    if (!open) {
      throw new SQLTransientConnectionException("its schema isn't up to date yet", "08001");
    }
  }
}
