package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.IDEMPOTENCY_KEYS;
import static io.userservice.adapter.persistence.generated.Tables.USERS;

import io.userservice.adapter.persistence.Effect.Apart;
import io.userservice.adapter.persistence.Effect.KeyLocked;
import io.userservice.adapter.persistence.Effect.NotWritten;
import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.adapter.persistence.generated.tables.records.IdempotencyKeysRecord;
import io.userservice.application.driven.Commit;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Users in PostgreSQL. Which rows there can be is the database's to judge, by its indexes. */
final class JooqUserStore implements UserStore {
  /**
   * A key can expire, or its holder fail, between two looks; two changes can wait for each other's
   * address. Five times in a row is no chance.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final DSLContext database;
  private final ReadCombiner lookups;
  private final WriteCombiner commits;

  JooqUserStore(DSLContext database, ReadCombiner lookups, WriteCombiner commits) {
    this.database = database;
    this.lookups = lookups;
    this.commits = commits;
  }

  @Override
  public Optional<User> find(UserKey key) {
    return lookups.find(key);
  }

  @Override
  public Outcome commit(Commit commit) {
    for (var i = 0; i < MAX_ATTEMPTS; i++) {
      var outcome = SqlFailures.translatingJdbc(() -> attempt(commit));
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new StoreUnavailable("the change collided with others time and again, it isn't made");
  }

  /** The outcome; empty when something was in the way that is so no more. */
  private Optional<Outcome> attempt(Commit commit) throws SQLException {
    try {
      return switch (commits.commit(commit)) {
        case Written _ -> Optional.of(new Committed());
        case KeyLocked _ -> Optional.of(new KeyBusy());
        case NotWritten _ -> refusal(commit);
        case Apart _ -> Optional.empty();
      };
    } catch (SQLException failure) {
      if (SqlFailures.isUniqueViolation(failure, "users_living_email")) {
        return Optional.of(new EmailTaken());
      }
      if (SqlFailures.isUniqueViolation(failure, "idempotency_keys_pkey")) {
        return commit.claim().flatMap(claim -> earlierAnswer(commit, claim));
      }
      if (SqlFailures.isUndoneForOthers(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private Optional<Outcome> refusal(Commit commit) {
    if (!commit.user().version().equals(Version.FIRST)) {
      return Optional.of(new VersionConflict());
    }
    return SqlFailures.translating(
        () -> {
          var earlier = commit.claim().flatMap(claim -> claimed(commit, claim));
          return earlier.isPresent()
              ? earlierAnswer(commit, commit.claim().orElseThrow())
              : rival(commit.user());
        });
  }

  /** Who has the new user's id or address; empty when nobody has, so that a key was in the way. */
  private Optional<Outcome> rival(User user) {
    if (database.fetchExists(USERS, USERS.ID.eq(user.key().id().value()))) {
      return Optional.of(new VersionConflict());
    }
    var isTaken =
        database.fetchExists(
            USERS,
            USERS.TENANT_ID.eq(user.key().tenant().value()),
            USERS.EMAIL_KEY.eq(user.profile().email().canonical()),
            USERS.DELETED_AT.isNull());
    return isTaken ? Optional.of(new EmailTaken()) : Optional.empty();
  }

  /** What the key's row says; a row that has expired is taken away, for the next attempt. */
  private Optional<Outcome> earlierAnswer(Commit commit, IdempotencyClaim claim) {
    return SqlFailures.translating(
        () -> {
          removeExpired(commit, claim);
          return claimed(commit, claim).map(row -> answer(claim, row));
        });
  }

  private Optional<IdempotencyKeysRecord> claimed(Commit commit, IdempotencyClaim claim) {
    return database
        .selectFrom(IDEMPOTENCY_KEYS)
        .where(IDEMPOTENCY_KEYS.TENANT_ID.eq(commit.user().key().tenant().value()))
        .and(IDEMPOTENCY_KEYS.KEY.eq(claim.key()))
        .fetchOptional();
  }

  private void removeExpired(Commit commit, IdempotencyClaim claim) {
    database
        .deleteFrom(IDEMPOTENCY_KEYS)
        .where(IDEMPOTENCY_KEYS.TENANT_ID.eq(commit.user().key().tenant().value()))
        .and(IDEMPOTENCY_KEYS.KEY.eq(claim.key()))
        .and(IDEMPOTENCY_KEYS.EXPIRES_AT.le(DSL.currentOffsetDateTime()))
        .execute();
  }

  private static Outcome answer(IdempotencyClaim claim, IdempotencyKeysRecord row) {
    if (!row.getFingerprint().equals(claim.fingerprint())) {
      return new KeyReused();
    }
    var createdAt = row.getCreatedAt().toInstant();
    return new KeyReplayed(
        new ActiveUser(
            Rows.key(row.getTenantId(), row.getUserId()),
            Version.FIRST,
            Rows.profile(row.getEmail(), row.getName(), row.getAttributes().data()),
            createdAt,
            createdAt));
  }
}
