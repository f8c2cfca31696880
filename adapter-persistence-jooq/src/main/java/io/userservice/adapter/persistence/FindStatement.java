package io.userservice.adapter.persistence;

import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One user by id: what services ask for most. Plain JDBC like {@link CommitStatement}, and for the
 * same reason.
 */
final class FindStatement {
  private static final String FIND =
      """
      select email, name, attributes, version, created_at, updated_at, deleted_at
      from users where id = ? and tenant_id = ?
      """;

  private FindStatement() {}

  static Optional<User> execute(Connection connection, UserKey key) throws SQLException {
    try (var statement = connection.prepareStatement(FIND)) {
      statement.setObject(1, key.id().value());
      statement.setString(2, key.tenant().value());
      try (var row = statement.executeQuery()) {
        return row.next() ? Optional.of(user(row, key)) : Optional.empty();
      }
    }
  }

  private static User user(ResultSet row, UserKey key) throws SQLException {
    var profile = Rows.profile(row.getString(1), row.getString(2), row.getString(3));
    var version = new Version(row.getLong(4));
    var createdAt = instant(row, 5).orElseThrow();
    var updatedAt = instant(row, 6).orElseThrow();
    return instant(row, 7)
        .<User>map(deletedAt -> new DeletedUser(key, version, profile, createdAt, deletedAt))
        .orElseGet(() -> new ActiveUser(key, version, profile, createdAt, updatedAt));
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
