package io.userservice.application.example;

import static io.userservice.application.example.H2Database.execute;
import static io.userservice.application.example.H2Database.query;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.TraceParent;
import io.userservice.application.example.H2Database.Row;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The user store on H2, by plain JDBC: a transaction for each commit, and its constraints judge.
 */
final class H2UserStore implements UserStore {
  private static final String FIND = "select * from users where id = ? and tenant = ?";
  private static final String SAME_ID = "select 1 from users where id = ?";
  private static final String RIVAL =
      "select 1 from users where tenant = ? and living_email = ? and id <> ?";
  private static final String INSERT = "insert into users values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String UPDATE =
      """
      update users set id = ?, tenant = ?, email = ?, name = ?, attributes = ?, version = ?,
                       created_at = ?, updated_at = ?, deleted_at = ?, living_email = ?
      where id = ? and tenant = ? and version = ?
      """;
  private static final String RECORD =
      """
      insert into events (id, type, tenant, user_id, version, at, actor, trace, payload, pending)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, true)
      """;
  private static final String CLAIMED =
      "select * from keys where tenant = ? and claim = ? and expires_at > ?";
  private static final String UNCLAIM =
      "delete from keys where tenant = ? and claim = ? and expires_at <= ?";
  private static final String CLAIM =
      "insert into keys values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String DUPLICATE = "23505";

  /**
   * A deadlock, a row that another transaction changed in the meantime, and too long a wait:
   * nothing is written, and it may be tried again.
   */
  private static final Set<String> PASSING = Set.of("40001", "90131", "HYT00");

  private static final int MOST_ATTEMPTS = 10;

  private final H2Database database;

  H2UserStore(H2Database database) {
    this.database = database;
  }

  @Override
  public Optional<User> find(UserKey key) {
    return database.run(
        connection ->
            query(connection, FIND, H2Rows::user, key.id().value(), key.tenant().value()).stream()
                .findFirst());
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
        } else if (!PASSING.contains(failure.getSQLState()) || attempt == MOST_ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  private Optional<Outcome> refusal(Connection connection, Commit commit) throws SQLException {
    var earlier = earlierAnswer(connection, commit);
    if (earlier.isPresent()) {
      return earlier;
    }
    var user = commit.user();
    if (user.version().equals(Version.FIRST) && isThere(connection, SAME_ID, id(user))) {
      return Optional.of(new VersionConflict());
    }
    var email = user.profile().email().canonical();
    return isThere(connection, RIVAL, tenant(user), email, id(user))
        ? Optional.of(new EmailTaken())
        : Optional.empty();
  }

  private static boolean isThere(Connection connection, String sql, Object... values)
      throws SQLException {
    return !query(connection, sql, _ -> true, values).isEmpty();
  }

  private static Optional<Outcome> earlierAnswer(Connection connection, Commit commit)
      throws SQLException {
    if (commit.claim().isEmpty()) {
      return Optional.empty();
    }
    var claim = commit.claim().get();
    var tenant = tenant(commit.user());
    return query(connection, CLAIMED, answerTo(claim), tenant, claim.key(), Instant.now()).stream()
        .findFirst();
  }

  private static Row<Outcome> answerTo(IdempotencyClaim claim) {
    return row ->
        row.getString("fingerprint").equals(claim.fingerprint())
            ? new KeyReplayed((ActiveUser) H2Rows.user(row))
            : new KeyReused();
  }

  /** Whether it was written; else the user is at another version. */
  private static boolean write(Connection connection, Commit commit) throws SQLException {
    var user = commit.user();
    var before = user.version().value() - 1;
    var isWritten =
        user.version().equals(Version.FIRST)
            ? execute(connection, INSERT, columns(user))
            : execute(connection, UPDATE, columns(user, id(user), tenant(user), before));
    if (isWritten) {
      record(connection, commit.event());
      if (commit.claim().isPresent()) {
        claim(connection, user, commit.claim().get());
      }
    }
    return isWritten;
  }

  private static void record(Connection connection, RecordedEvent event) throws SQLException {
    execute(
        connection,
        RECORD,
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

  private static void claim(Connection connection, User user, IdempotencyClaim claim)
      throws SQLException {
    var now = Instant.now();
    execute(connection, UNCLAIM, tenant(user), claim.key(), now);
    var until = now.plus(IdempotencyClaim.LIFETIME);
    execute(connection, CLAIM, columns(user, claim.key(), claim.fingerprint(), until));
  }

  /** What {@link H2Rows#user} reads, and more. */
  private static @Nullable Object[] columns(User user, Object... more) {
    var columns = new ArrayList<@Nullable Object>();
    columns.add(id(user));
    columns.add(tenant(user));
    columns.add(user.profile().email().value());
    columns.add(user.profile().name().value());
    columns.add(user.profile().attributes().value().text().value());
    columns.add(user.version().value());
    columns.add(user.createdAt());
    columns.add(user.updatedAt());
    columns.add(user instanceof DeletedUser deleted ? deleted.deletedAt() : null);
    columns.add(user instanceof ActiveUser ? user.profile().email().canonical() : null);
    columns.addAll(List.of(more));
    return columns.toArray();
  }

  private static UUID id(User user) {
    return user.key().id().value();
  }

  private static String tenant(User user) {
    return user.key().tenant().value();
  }
}
