package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class UnhurriedDataSourceTest {
  @Test
  void only_migrations_take_as_long_as_they_like() throws SQLException {
    try (var pool = PostgresFixture.ownPool()) {
      assertThat(statementTimeout(pool)).isEqualTo("15s");
      assertThat(statementTimeout(new UnhurriedDataSource(pool))).isEqualTo("0");
    }
  }

  private static String statementTimeout(DataSource dataSource) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("show statement_timeout")) {
      row.next();
      return row.getString(1);
    }
  }
}
