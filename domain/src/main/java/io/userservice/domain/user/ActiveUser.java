package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.Decision.Nothing;
import io.userservice.domain.user.Decision.Refused;
import io.userservice.domain.user.UserEvent.Created;
import io.userservice.domain.user.UserEvent.Deleted;
import io.userservice.domain.user.UserEvent.Updated;
import io.userservice.domain.validation.Validated.Invalid;
import io.userservice.domain.validation.Validated.Valid;
import java.time.Instant;

/** A living user. All methods are pure: they answer what happens and alter nothing. */
public record ActiveUser(
    UserKey key, Version version, Profile profile, Instant createdAt, Instant updatedAt)
    implements User {

  public ActiveUser {
    requireNonNull(key);
    requireNonNull(version);
    requireNonNull(profile);
    requireNonNull(createdAt);
    requireNonNull(updatedAt);
  }

  /** A new user, at version 1. */
  public static Happened<ActiveUser> create(UserKey key, Profile profile, Instant now) {
    return new Happened<>(
        new ActiveUser(key, Version.FIRST, profile, now, now), new Created(key, now, profile));
  }

  /** The user with the patch applied; {@link Nothing} when that is the user as it is. */
  public Decision apply(UserPatch patch, Instant now) {
    return switch (patch.appliedTo(profile)) {
      case Invalid<Profile>(var violations) -> new Refused(violations);
      case Valid<Profile>(var after) ->
          Changes.between(profile, after)
              .<Decision>map(changes -> changed(after, changes, notBefore(now)))
              .orElseGet(() -> new Nothing(this));
    };
  }

  /** The user, deleted. */
  public Happened<DeletedUser> delete(Instant now) {
    var at = notBefore(now);
    return new Happened<>(
        new DeletedUser(key, version.next(), profile, createdAt, at),
        new Deleted(key, version.next(), at));
  }

  private Happened<ActiveUser> changed(Profile after, Changes changes, Instant at) {
    return new Happened<>(
        new ActiveUser(key, version.next(), after, createdAt, at),
        new Updated(key, version.next(), at, changes));
  }

  /** A user's time doesn't run backwards, even where a clock was set back. */
  private Instant notBefore(Instant now) {
    return now.isBefore(updatedAt) ? updatedAt : now;
  }
}
