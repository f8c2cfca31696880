package io.userservice.adapter.persistence;

import io.userservice.adapter.persistence.Found.Readable;
import io.userservice.adapter.persistence.Found.Unreadable;
import io.userservice.domain.user.UserKey;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Users by id: what services ask for most. Plain JDBC like {@link CommitStatement}, and for the
 * same reason.
 */
final class FindStatement {
  private static final String COLUMNS =
      "tenant_id, id, email, name, attributes, version, created_at, updated_at, deleted_at";

  static final String ONE = "select " + COLUMNS + " from users where id = ? and tenant_id = ?";

  /** With "offset 0" each is looked up by itself: joined at will, all users could be read. */
  private static final String MANY =
      """
      select found.*
      from unnest(?::uuid[], ?::text[]) as wanted (id, tenant_id)
      cross join lateral (
        select %s from users where id = wanted.id and tenant_id = wanted.tenant_id offset 0
      ) as found
      """
          .formatted(COLUMNS);

  private FindStatement() {}

  /** Those of the users that are there. */
  static Map<UserKey, Found> execute(Connection connection, List<UserKey> keys)
      throws SQLException {
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

  private static Map<UserKey, Found> users(PreparedStatement statement) throws SQLException {
    try (var row = statement.executeQuery()) {
      var users = new HashMap<UserKey, Found>();
      while (row.next()) {
        users.put(Rows.key(row.getString(1), row.getObject(2, UUID.class)), user(row));
      }
      return users;
    }
  }

  /** A value that is none, or JSON that isn't any: whatever is wrong, the neighbours are well. */
  private static Found user(ResultSet row) throws SQLException {
    try {
      return new Readable(Rows.user(row));
    } catch (IllegalArgumentException | UncheckedIOException reason) {
      return new Unreadable(reason);
    }
  }
}
