package io.userservice.adapter.persistence;

import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Users by id: what services ask for most. Plain JDBC like {@link CommitStatement}, and for the
 * same reason.
 */
final class FindStatement {
  private static final String COLUMNS =
      "id, tenant_id, email, name, attributes, version, created_at, updated_at, deleted_at";

  private static final String ONE =
      "select " + COLUMNS + " from users where id = ? and tenant_id = ?";

  /** With "offset 0" each is looked up by itself: joined at will, all users could be read. */
  private static final String MANY =
      """
      select found.* from unnest(?::uuid[], ?::text[]) as wanted (id, tenant_id)
      cross join lateral (
        select %s from users where id = wanted.id and tenant_id = wanted.tenant_id offset 0
      ) as found
      """
          .formatted(COLUMNS);

  private FindStatement() {}

  /** Those of the users that are there. */
  static Map<UserKey, User> execute(Connection connection, List<UserKey> keys) throws SQLException {
    try (var statement = connection.prepareStatement(keys.size() == 1 ? ONE : MANY)) {
      if (keys.size() == 1) {
        statement.setObject(1, keys.getFirst().id().value());
        statement.setString(2, keys.getFirst().tenant().value());
      } else {
        statement.setArray(1, array(connection, "uuid", keys, key -> key.id().value()));
        statement.setArray(2, array(connection, "text", keys, key -> key.tenant().value()));
      }
      return users(statement);
    }
  }

  private static Array array(
      Connection connection, String type, List<UserKey> keys, Function<UserKey, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, keys.stream().map(value).toArray());
  }

  private static Map<UserKey, User> users(PreparedStatement statement) throws SQLException {
    try (var row = statement.executeQuery()) {
      var users = new HashMap<UserKey, User>();
      while (row.next()) {
        var user = user(row);
        users.put(user.key(), user);
      }
      return users;
    }
  }

  private static User user(ResultSet row) throws SQLException {
    var key = Rows.key(row.getString(2), row.getObject(1, UUID.class));
    var profile = Rows.profile(row.getString(3), row.getString(4), row.getString(5));
    var version = new Version(row.getLong(6));
    var createdAt = instant(row, 7).orElseThrow();
    var updatedAt = instant(row, 8).orElseThrow();
    return instant(row, 9)
        .<User>map(deletedAt -> new DeletedUser(key, version, profile, createdAt, deletedAt))
        .orElseGet(() -> new ActiveUser(key, version, profile, createdAt, updatedAt));
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
