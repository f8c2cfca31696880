package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.user.Change.Restored;
import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.UserEvent.Updated;
import java.time.Instant;
import java.util.List;

/**
 * A deleted user: what it last was, and when it was deleted. Its e-mail address is free for others.
 *
 * @param version one more than the last living state had: the deletion counts
 * @param deletedAt when, in whole milliseconds
 */
public record DeletedUser(
    UserKey key, Version version, Profile profile, Instant createdAt, Instant deletedAt)
    implements User {

  public DeletedUser {
    requireNonNull(key);
    requireNonNull(version);
    requireNonNull(profile);
    requireNonNull(createdAt);
    requireNonNull(deletedAt);
  }

  /** The user, living again as it last was. */
  public Happened<ActiveUser> restore(Instant now) {
    var at = now.isBefore(deletedAt) ? deletedAt : now;
    return new Happened<>(
        new ActiveUser(key, version.next(), profile, createdAt, at),
        new Updated(key, version.next(), at, new Changes(List.of(new Restored(deletedAt)))));
  }

  @Override
  public Instant updatedAt() {
    return deletedAt;
  }
}
