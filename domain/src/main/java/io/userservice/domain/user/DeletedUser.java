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
 * @param last the state that was deleted; a restore goes on from there
 * @param deletedAt when, in whole milliseconds
 */
public record DeletedUser(ActiveUser last, Instant deletedAt) implements User {
  public DeletedUser {
    requireNonNull(last);
    requireNonNull(deletedAt);
  }

  /** The user, living again. */
  public Happened<ActiveUser> restore(Instant now) {
    var at = now.isBefore(deletedAt) ? deletedAt : now;
    return new Happened<>(
        new ActiveUser(key(), version().next(), profile(), createdAt(), at),
        new Updated(key(), version().next(), at, new Changes(List.of(new Restored(deletedAt)))));
  }

  @Override
  public UserKey key() {
    return last.key();
  }

  /** One more than the last living state had: the deletion counts. */
  @Override
  public Version version() {
    return last.version().next();
  }

  @Override
  public Profile profile() {
    return last.profile();
  }

  @Override
  public Instant createdAt() {
    return last.createdAt();
  }

  @Override
  public Instant updatedAt() {
    return deletedAt;
  }
}
