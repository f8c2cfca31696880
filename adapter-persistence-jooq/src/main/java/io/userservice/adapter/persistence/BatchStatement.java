package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.Rows.timestamp;

import io.userservice.application.driven.Commit;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The changes of many users as one statement, one round trip and one commit. What is in each row's
 * way, a taken address or another version, leaves that row out; a unique violation of an update
 * fails them all. One text for any number of rows, so one plan.
 */
final class BatchStatement {
  private static final String INPUT =
      """
      with input as (
        select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                             ?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[],
                             ?::timestamptz[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[])
          with ordinality as row (id, tenant_id, email, email_key, name, name_key, attributes,
                                  version, created_at, updated_at, deleted_at, event_id, type, actor,
                                  trace, payload, place)
      ), written as (
      """;

  private static final String INSERT =
      """
        insert into users (tenant_id, id, email, email_key, name, name_key, attributes, version,
                           created_at, updated_at)
        select tenant_id, id, email, email_key, name, name_key, attributes::json, version,
               created_at, updated_at
        from input order by place
        on conflict do nothing
        returning id
      """;

  private static final String UPDATE =
      """
        update users
        set email = input.email, email_key = input.email_key, name = input.name,
            name_key = input.name_key, attributes = input.attributes::json,
            version = input.version, updated_at = input.updated_at, deleted_at = input.deleted_at
        from input
        where users.id = input.id and users.tenant_id = input.tenant_id
          and users.version = input.version - 1
        returning users.id
      """;

  private static final String RECORD =
      """
      ), logged as (
        insert into user_events (id, type, tenant_id, user_id, version, at, actor, trace, payload)
        select event_id, type, tenant_id, id, version, updated_at, actor, trace, payload
        from written join input using (id) order by place
        returning seq, user_id
      ), queued as (
        insert into outbox (seq, user_id) select seq, user_id from logged
      )
      select user_id from logged
      """;

  private static final String CREATE = INPUT + INSERT + RECORD;
  private static final String CHANGE = INPUT + UPDATE + RECORD;

  private final Connection connection;
  private final PreparedStatement statement;
  private final List<Commit> commits;
  private int parameter;

  private BatchStatement(Connection connection, PreparedStatement statement, List<Commit> commits) {
    this.connection = connection;
    this.statement = statement;
    this.commits = commits;
  }

  /** Creates all of these users that can be; gives their ids. */
  static Set<UUID> create(Connection connection, List<Commit> commits) throws SQLException {
    return execute(connection, CREATE, commits);
  }

  /** Changes all of these users that can be, each of them once; gives their ids. */
  static Set<UUID> change(Connection connection, List<Commit> commits) throws SQLException {
    return execute(connection, CHANGE, commits);
  }

  private static Set<UUID> execute(Connection connection, String text, List<Commit> commits)
      throws SQLException {
    try (var prepared = connection.prepareStatement(text)) {
      new BatchStatement(connection, prepared, commits).bind();
      return ids(prepared);
    }
  }

  private static Set<UUID> ids(PreparedStatement prepared) throws SQLException {
    try (var rows = prepared.executeQuery()) {
      var ids = new HashSet<UUID>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    }
  }

  /** The event happened when the user became what it is: updated_at is its time. */
  private void bind() throws SQLException {
    users("uuid", user -> user.key().id().value());
    users("text", user -> user.key().tenant().value());
    users("text", user -> user.profile().email().value());
    users("text", user -> user.profile().email().canonical());
    users("text", user -> user.profile().name().value());
    users("text", user -> user.profile().name().key());
    users("text", user -> user.profile().attributes().value().text().value());
    users("int8", user -> user.version().value());
    users("timestamptz", user -> timestamp(user.createdAt()).toString());
    users("timestamptz", user -> timestamp(user.updatedAt()).toString());
    users("timestamptz", BatchStatement::deletedAt);
    array("uuid", commit -> commit.event().id().value());
    array("text", commit -> commit.event().type().value());
    array("text", commit -> orNull(commit.event().actor().map(Actor::subject)));
    array("text", commit -> orNull(commit.event().trace().map(TraceParent::value)));
    array("text", commit -> commit.event().payload().value());
  }

  private static @Nullable Object deletedAt(User user) {
    return switch (user) {
      case ActiveUser _ -> null;
      case DeletedUser deleted -> timestamp(deleted.deletedAt()).toString();
    };
  }

  private static @Nullable Object orNull(Optional<String> text) {
    return text.orElse(null);
  }

  private void users(String type, Function<User, @Nullable Object> value) throws SQLException {
    array(type, commit -> value.apply(commit.user()));
  }

  private void array(String type, Function<Commit, @Nullable Object> value) throws SQLException {
    statement.setArray(
        ++parameter, connection.createArrayOf(type, commits.stream().map(value).toArray()));
  }
}
