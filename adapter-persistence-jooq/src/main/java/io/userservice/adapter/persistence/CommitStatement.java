package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.Rows.timestamp;

import io.userservice.adapter.persistence.Effect.KeyLocked;
import io.userservice.adapter.persistence.Effect.NotWritten;
import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.application.driven.Commit;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A whole change as one statement in one round trip: the user's row, the event in the log, its
 * place in the outbox, and the key. The event depends on what the user's row returns, so its
 * sequence number is drawn when the row is locked: per user the numbers grow with the versions.
 *
 * <p>Plain JDBC with constant text: measured a tenth faster than the same text through jOOQ, and
 * this is the one statement where that counts.
 */
final class CommitStatement {
  private static final String RECORD =
      """
      , logged as (
        insert into user_events (id, type, tenant_id, user_id, version, at, actor, trace, payload)
        select ?, ?, tenant_id, id, version, ?, ?, ?, ? from written
        returning seq, user_id
      ), queued as (
        insert into outbox (seq, user_id) select seq, user_id from logged
      )
      """;

  /**
   * Whether no event of a user was pending before its change. A user is changed only where the
   * statement's snapshot has its version before, and with it that one's event. With "offset 0" each
   * is looked up by itself, see {@link OutboxStatements}.
   */
  static final String NONE_PENDING =
      "not exists (select from outbox where outbox.user_id = %s offset 0)";

  /**
   * True, and from now on the statement fails where it would wait for another's lock for longer
   * than a moment. It is looked at before any row is.
   */
  static final String HURRY = "(select set_config('lock_timeout', '250ms', true)) is not null";

  private static final String HURRY_IF = "(not ? or " + HURRY + ")";

  private static final String INSERT_USER =
      """
      insert into users (tenant_id, id, email, email_key, name, name_key, attributes, version,
                         created_at, updated_at)
      """;

  private static final String CREATE =
      "with written as ("
          + INSERT_USER
          + """
            select ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ? where %s
            on conflict do nothing
            returning tenant_id, id, version
          )
          """
              .formatted(HURRY_IF)
          + RECORD
          + "select true, max(seq), true from logged";

  /**
   * The lock on the key is tried, never waited for, and ends with the statement. A key that was
   * claimed after the statement's snapshot was taken breaks the primary key, and with it the whole
   * statement.
   */
  private static final String CREATE_WITH_KEY =
      """
      with lock as materialized (
        select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as free
      ), written as (
      """
          + INSERT_USER
          + """
            select ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ? from lock
            where free and %s and not exists (
              select 1 from idempotency_keys where tenant_id = ? and key = ?)
            on conflict do nothing
            returning tenant_id, id, version, email, name, attributes, created_at
          )
          """
              .formatted(HURRY_IF)
          + RECORD
          + """
          , claimed as (
            insert into idempotency_keys (tenant_id, key, fingerprint, user_id, email, name,
                                          attributes, created_at, expires_at)
            select tenant_id, ?, ?, id, email, name, attributes, created_at,
                   now() + ? * interval '1 second'
            from written
          )
          select free, (select seq from logged), true from lock
          """;

  private static final String CHANGE =
      """
      with written as (
        update users
        set email = ?, email_key = ?, name = ?, name_key = ?, attributes = ?::json, version = ?,
            updated_at = ?, deleted_at = ?
        where id = ? and tenant_id = ? and version = ? and %s
        returning tenant_id, id, version
      )
      """
              .formatted(HURRY_IF)
          + RECORD
          + "select true, max(seq), "
          + NONE_PENDING.formatted("?")
          + " from logged";

  private final PreparedStatement statement;
  private final boolean hurried;
  private int parameter;

  private CommitStatement(PreparedStatement statement, boolean hurried) {
    this.statement = statement;
    this.hurried = hurried;
  }

  /** Waits for others' locks as long as the connection has it. */
  static Effect execute(Connection connection, Commit commit) throws SQLException {
    return execute(connection, commit, false);
  }

  /** Waits for others' locks for a moment only. */
  static Effect hurry(Connection connection, Commit commit) throws SQLException {
    return execute(connection, commit, true);
  }

  private static Effect execute(Connection connection, Commit commit, boolean hurried)
      throws SQLException {
    var user = commit.user();
    var isNew = user.version().value() == 1;
    var text = isNew ? commit.claim().isPresent() ? CREATE_WITH_KEY : CREATE : CHANGE;
    try (var prepared = connection.prepareStatement(text)) {
      var binding = new CommitStatement(prepared, hurried);
      if (isNew) {
        binding.create(user, commit);
      } else {
        binding.change(user, commit.event());
      }
      return effect(prepared);
    }
  }

  private static Effect effect(PreparedStatement prepared) throws SQLException {
    try (var result = prepared.executeQuery()) {
      result.next();
      if (!result.getBoolean(1)) {
        return new KeyLocked();
      }
      var sequence = result.getLong(2);
      return result.wasNull() ? new NotWritten() : new Written(sequence, result.getBoolean(3));
    }
  }

  private void create(User user, Commit commit) throws SQLException {
    var tenant = user.key().tenant().value();
    var claim = commit.claim();
    if (claim.isPresent()) {
      bind(tenant + ' ' + claim.get().key()); // neither holds a space: no two pairs look alike
    }
    bind(tenant);
    bind(user.key().id().value());
    bindProfile(user);
    bind(user.version().value());
    bind(timestamp(user.createdAt()));
    bind(timestamp(user.updatedAt()));
    bind(hurried);
    if (claim.isPresent()) {
      bind(tenant);
      bind(claim.get().key());
    }
    bindEvent(commit.event());
    if (claim.isPresent()) {
      bind(claim.get().key());
      bind(claim.get().fingerprint());
      bind(IdempotencyClaim.LIFETIME.toSeconds());
    }
  }

  private void change(User user, RecordedEvent event) throws SQLException {
    bindProfile(user);
    bind(user.version().value());
    bind(timestamp(user.updatedAt()));
    bindNullable(deletedAt(user));
    bind(user.key().id().value());
    bind(user.key().tenant().value());
    bind(user.version().value() - 1);
    bind(hurried);
    bindEvent(event);
    bind(user.key().id().value());
  }

  private static Optional<OffsetDateTime> deletedAt(User user) {
    return switch (user) {
      case ActiveUser _ -> Optional.empty();
      case DeletedUser deleted -> Optional.of(timestamp(deleted.deletedAt()));
    };
  }

  private void bindProfile(User user) throws SQLException {
    var profile = user.profile();
    bind(profile.email().value());
    bind(profile.email().canonical());
    bind(profile.name().value());
    bind(profile.name().key());
    bind(profile.attributes().text().value());
  }

  private void bindEvent(RecordedEvent event) throws SQLException {
    bind(event.id().value());
    bind(event.type().value());
    bind(timestamp(event.at()));
    bindNullableText(event.actor().map(Actor::subject));
    bindNullableText(event.trace().map(TraceParent::value));
    bind(event.payload().value());
  }

  private void bind(Object value) throws SQLException {
    statement.setObject(++parameter, value);
  }

  private void bindNullable(Optional<OffsetDateTime> value) throws SQLException {
    if (value.isPresent()) {
      bind(value.get());
    } else {
      statement.setNull(++parameter, Types.TIMESTAMP_WITH_TIMEZONE);
    }
  }

  private void bindNullableText(Optional<String> value) throws SQLException {
    if (value.isPresent()) {
      bind(value.get());
    } else {
      statement.setNull(++parameter, Types.VARCHAR);
    }
  }
}
