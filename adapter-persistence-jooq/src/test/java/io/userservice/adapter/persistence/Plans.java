package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;

/** How PostgreSQL plans what a connection asks again and again. */
final class Plans {
  private Plans() {}

  /** One plan is kept for what begins so, and none was made for the values at hand. */
  static void assertKept(Connection connection, String beginning) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            select coalesce(sum(custom_plans), 0)::bigint, coalesce(sum(generic_plans), 0)::bigint
            from pg_prepared_statements where starts_with(statement, ?)
            """)) {
      statement.setString(1, beginning);
      try (var row = statement.executeQuery()) {
        row.next();
        assertThat(row.getLong(1)).as("plans for the values at hand").isZero();
        assertThat(row.getLong(2)).as("times that the kept plan was used").isPositive();
      }
    }
  }
}
