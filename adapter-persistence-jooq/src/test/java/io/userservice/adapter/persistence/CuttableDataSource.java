package io.userservice.adapter.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Gives connections of another until it is cut. */
final class CuttableDataSource extends DelegatingDataSource {
  private volatile boolean isCut;

  CuttableDataSource(DataSource whole) {
    super(whole);
  }

  void cut() {
    isCut = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (isCut) {
      throw new SQLException("cut off", "08006");
    }
    return super.getConnection();
  }
}
