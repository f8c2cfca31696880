package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.Rows.timestamp;

import io.userservice.adapter.persistence.Effect.KeyLocked;
import io.userservice.adapter.persistence.Effect.NotWritten;
import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.application.driven.Commit;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The changes of many users as one statement, one round trip and one commit. What is in each row's
 * way, a taken address or key or another version, leaves that row out; a unique violation of an
 * update, or of a key that was claimed after the statement's snapshot, fails them all. One text for
 * any number of rows, and one plan, see {@link Persistence#SESSION}.
 */
final class BatchStatement {
  /**
   * The lock on a key is tried, never waited for, and ends with the statement. With "is true" what
   * was written is looked up in a hash: joined, each row would be compared with each. The list of
   * ids says nothing new, but keeps a plan from the time of few users from reading all of them.
   */
  private static final String TEXT =
      """
      with input as (
        select row.*, claim_key is null
          or pg_try_advisory_xact_lock(hashtextextended(tenant_id || ' ' || claim_key, 0)) as free
        from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::uuid[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          with ordinality as row (id, tenant_id, email, email_key, name, name_key, attributes,
                                  version, created_at, updated_at, deleted_at, event_id, type, actor,
                                  trace, payload, claim_key, fingerprint, place)
        where %s
      ), created as (
        insert into users (tenant_id, id, email, email_key, name, name_key, attributes, version,
                           created_at, updated_at)
        select tenant_id, id, email, email_key, name, name_key, attributes::json, version,
               created_at, updated_at
        from input
        where version = 1 and free and (claim_key is null or not exists (
          select from idempotency_keys as earlier
          where earlier.tenant_id = input.tenant_id and earlier.key = input.claim_key offset 0))
        order by place
        on conflict do nothing
        returning id
      ), changed as (
        update users
        set email = input.email, email_key = input.email_key, name = input.name,
            name_key = input.name_key, attributes = input.attributes::json,
            version = input.version, updated_at = input.updated_at, deleted_at = input.deleted_at
        from input
        where input.version > 1 and users.id = input.id and users.tenant_id = input.tenant_id
          and users.version = input.version - 1
          and users.id = any ((select array_agg(id) from input where version > 1)::uuid[])
        returning users.id
      ), logged as (
        insert into user_events (id, type, tenant_id, user_id, version, at, actor, trace, payload)
        select event_id, type, tenant_id, id, version, updated_at, actor, trace, payload
        from input
        where (id in (select id from created union all select id from changed)) is true
        order by place
        returning seq, user_id, version
      ), queued as (
        insert into outbox (seq, user_id) select seq, user_id from logged
      ), claimed as (
        insert into idempotency_keys (tenant_id, key, fingerprint, user_id, email, name, attributes,
                                      created_at, expires_at)
        select tenant_id, claim_key, fingerprint, id, email, name, attributes::json, created_at,
               now() + ? * interval '1 second'
        from input
        where claim_key is not null and (id in (select id from created)) is true
      )
      select user_id, seq, version = 1 or %s from logged
      union all
      select id, null, false from input where not free
      """
          .formatted(
              CommitStatement.HURRY, CommitStatement.NONE_PENDING.formatted("logged.user_id"));

  /**
   * In which rows are locked, the same in all batches: else those of two instances would wait for
   * each other. Who creates waits for addresses, who changes waits for users.
   */
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::newAddress)
          .thenComparing(row -> row.user().key().tenant().value())
          .thenComparing(row -> id(row.commit()));

  private final Connection connection;
  private final PreparedStatement statement;
  private final List<Row> rows;
  private int parameter;

  private BatchStatement(Connection connection, PreparedStatement statement, List<Row> rows) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
  }

  /** A change, and its user's address as addresses are compared: that takes time to find out. */
  private record Row(Commit commit, String address) {
    static Row of(Commit commit) {
      return new Row(commit, commit.user().profile().email().canonical());
    }

    User user() {
      return commit.user();
    }

    String newAddress() {
      return user().version().equals(Version.FIRST) ? address : "";
    }
  }

  /**
   * Makes all of these changes that can be made, each of a user of its own; waits for others' locks
   * for a moment only.
   */
  static List<Effect> execute(Connection connection, List<Commit> commits) throws SQLException {
    try (var prepared = connection.prepareStatement(TEXT)) {
      var rows = commits.stream().map(Row::of).sorted(ORDER).toList();
      new BatchStatement(connection, prepared, rows).bind();
      var effects = effects(prepared);
      return commits.stream()
          .map(commit -> effects.getOrDefault(id(commit), new NotWritten()))
          .toList();
    }
  }

  private static UUID id(Commit commit) {
    return commit.user().key().id().value();
  }

  private static Map<UUID, Effect> effects(PreparedStatement prepared) throws SQLException {
    try (var rows = prepared.executeQuery()) {
      var effects = new HashMap<UUID, Effect>();
      while (rows.next()) {
        var id = rows.getObject(1, UUID.class);
        var sequence = rows.getLong(2);
        effects.put(
            id, rows.wasNull() ? new KeyLocked() : new Written(sequence, rows.getBoolean(3)));
      }
      return effects;
    }
  }

  /** The event happened when the user became what it is: updated_at is its time. */
  private void bind() throws SQLException {
    users("uuid", user -> user.key().id().value());
    users("text", user -> user.key().tenant().value());
    users("text", user -> user.profile().email().value());
    array("text", Row::address);
    users("text", user -> user.profile().name().value());
    users("text", user -> user.profile().name().key());
    users("text", user -> user.profile().attributes().text().value());
    users("int8", user -> user.version().value());
    users("timestamptz", user -> timestamp(user.createdAt()).toString());
    users("timestamptz", user -> timestamp(user.updatedAt()).toString());
    users("timestamptz", BatchStatement::deletedAt);
    changes("uuid", commit -> commit.event().id().value());
    changes("text", commit -> commit.event().type().value());
    changes("text", commit -> orNull(commit.event().actor().map(Actor::subject)));
    changes("text", commit -> orNull(commit.event().trace().map(TraceParent::value)));
    changes("text", commit -> commit.event().payload().value());
    changes("text", commit -> orNull(commit.claim().map(IdempotencyClaim::key)));
    changes("text", commit -> orNull(commit.claim().map(IdempotencyClaim::fingerprint)));
    statement.setLong(++parameter, IdempotencyClaim.LIFETIME.toSeconds());
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
    array(type, row -> value.apply(row.user()));
  }

  private void changes(String type, Function<Commit, @Nullable Object> value) throws SQLException {
    array(type, row -> value.apply(row.commit()));
  }

  private void array(String type, Function<Row, @Nullable Object> value) throws SQLException {
    statement.setArray(
        ++parameter, connection.createArrayOf(type, rows.stream().map(value).toArray()));
  }
}
