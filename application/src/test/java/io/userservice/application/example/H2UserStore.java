package io.userservice.application.example;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user store on H2, by plain JDBC: a transaction for each commit, and its constraints judge.
 */
final class H2UserStore implements UserStore {
  private static final String DUPLICATE = "23505";
  private static final int MOST_ATTEMPTS = 10;

  private final H2Database database;

  H2UserStore(H2Database database) {
    this.database = database;
  }

  @Override
  public Optional<User> find(UserKey key) {
    return database.run(
        connection -> {
          var query = "select * from users where id = ? and tenant = ?";
          try (var statement = bound(connection, query, key.id().value(), key.tenant().value());
              var row = statement.executeQuery()) {
            return row.next() ? Optional.of(H2Rows.user(row)) : Optional.empty();
          }
        });
  }

  @Override
  public Outcome commit(Commit commit) {
    return database.run(connection -> commit(connection, commit));
  }

  private Outcome commit(Connection connection, Commit commit) throws SQLException {
    connection.setAutoCommit(false);
    for (var attempt = 1; ; attempt++) {
      try {
        var earlier = earlierAnswer(connection, commit);
        if (earlier.isEmpty() && write(connection, commit)) {
          connection.commit();
          return new Committed();
        }
        connection.rollback();
        return earlier.orElse(new VersionConflict());
      } catch (SQLException failure) {
        connection.rollback();
        if (DUPLICATE.equals(failure.getSQLState())) {
          var refusal = refusal(connection, commit);
          if (refusal.isPresent() || attempt == MOST_ATTEMPTS) {
            return refusal.orElseThrow(() -> failure);
          }
        } else if (!isPassing(failure) || attempt == MOST_ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  /** A deadlock, or a row that another transaction changed in the meantime. */
  private static boolean isPassing(SQLException failure) {
    return "40001".equals(failure.getSQLState()) || "90131".equals(failure.getSQLState());
  }

  private Optional<Outcome> refusal(Connection connection, Commit commit) throws SQLException {
    var earlier = earlierAnswer(connection, commit);
    if (earlier.isPresent()) {
      return earlier;
    }
    var user = commit.user();
    var isNew = user.version().equals(Version.FIRST);
    if (isNew && isThere(connection, "select 1 from users where id = ?", user.key().id().value())) {
      return Optional.of(new VersionConflict());
    }
    var rival = "select 1 from users where tenant = ? and living_email = ? and id <> ?";
    return isThere(
            connection,
            rival,
            user.key().tenant().value(),
            user.profile().email().canonical(),
            user.key().id().value())
        ? Optional.of(new EmailTaken())
        : Optional.empty();
  }

  private static boolean isThere(Connection connection, String query, Object... values)
      throws SQLException {
    try (var statement = bound(connection, query, values);
        var row = statement.executeQuery()) {
      return row.next();
    }
  }

  private static Optional<Outcome> earlierAnswer(Connection connection, Commit commit)
      throws SQLException {
    if (commit.claim().isEmpty()) {
      return Optional.empty();
    }
    var claim = commit.claim().get();
    var query = "select * from keys where tenant = ? and name = ? and expires_at > ?";
    var tenant = commit.user().key().tenant().value();
    try (var statement = bound(connection, query, tenant, claim.key(), Instant.now());
        var row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return row.getString("fingerprint").equals(claim.fingerprint())
          ? Optional.of(new KeyReplayed(H2Rows.created(row)))
          : Optional.of(new KeyReused());
    }
  }

  /** Whether it was written; else the user is at another version. */
  private static boolean write(Connection connection, Commit commit) throws SQLException {
    var written =
        commit.user().version().equals(Version.FIRST)
            ? insert(connection, commit.user())
            : update(connection, commit.user());
    if (!written) {
      return false;
    }
    record(connection, commit);
    if (commit.claim().isPresent() && commit.user() instanceof ActiveUser user) {
      claim(connection, user, commit.claim().get());
    }
    return true;
  }

  private static boolean insert(Connection connection, User user) throws SQLException {
    return execute(
        connection,
        "insert into users values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        user.key().id().value(),
        user.key().tenant().value(),
        user.profile().email().value(),
        user.profile().name().value(),
        attributes(user),
        user.version().value(),
        user.createdAt(),
        user.updatedAt(),
        deletedAt(user),
        livingEmail(user));
  }

  private static boolean update(Connection connection, User user) throws SQLException {
    return execute(
        connection,
        """
        update users set email = ?, name = ?, attributes = ?, version = ?, updated_at = ?,
                         deleted_at = ?, living_email = ?
        where id = ? and tenant = ? and version = ?
        """,
        user.profile().email().value(),
        user.profile().name().value(),
        attributes(user),
        user.version().value(),
        user.updatedAt(),
        deletedAt(user),
        livingEmail(user),
        user.key().id().value(),
        user.key().tenant().value(),
        user.version().value() - 1);
  }

  private static void record(Connection connection, Commit commit) throws SQLException {
    var event = commit.event();
    execute(
        connection,
        """
        insert into events (id, type, tenant, user_id, version, at, actor, trace, payload, pending)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, true)
        """,
        event.id().value(),
        event.type().value(),
        event.user().tenant().value(),
        event.user().id().value(),
        event.version().value(),
        event.at(),
        event.actor().map(Actor::subject).orElse(null),
        event.trace().map(TraceParent::value).orElse(null),
        event.payload().value());
  }

  private static void claim(Connection connection, ActiveUser user, IdempotencyClaim claim)
      throws SQLException {
    var tenant = user.key().tenant().value();
    execute(
        connection,
        "delete from keys where tenant = ? and name = ? and expires_at <= ?",
        tenant,
        claim.key(),
        Instant.now());
    execute(
        connection,
        "insert into keys values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        tenant,
        claim.key(),
        claim.fingerprint(),
        user.key().id().value(),
        user.profile().email().value(),
        user.profile().name().value(),
        attributes(user),
        user.createdAt(),
        Instant.now().plus(IdempotencyClaim.LIFETIME));
  }

  private static String attributes(User user) {
    return user.profile().attributes().value().text().value();
  }

  private static @Nullable Instant deletedAt(User user) {
    return switch (user) {
      case ActiveUser _ -> null;
      case DeletedUser deleted -> deleted.deletedAt();
    };
  }

  private static @Nullable String livingEmail(User user) {
    return switch (user) {
      case ActiveUser living -> living.profile().email().canonical();
      case DeletedUser _ -> null;
    };
  }

  private static boolean execute(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (var statement = bound(connection, sql, values)) {
      return statement.executeUpdate() == 1;
    }
  }

  static PreparedStatement bound(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
