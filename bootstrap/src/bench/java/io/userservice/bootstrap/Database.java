package io.userservice.bootstrap;

import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of the rig.
 *
 * @param url as the service wants it
 */
record Database(String name, String url, String jdbcUrl) {

  DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    return source;
  }

  void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String query) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl);
        var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
