package io.userservice.application.driven;

import static java.util.Objects.requireNonNull;

import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.User;
import io.userservice.domain.user.Version;
import java.util.Optional;

/**
 * An atomic fact: a user's new state, the event that led to it, and, for a create, the claim of an
 * idempotency key. All of it becomes true, or none. The version says what is expected: a state of
 * version <i>n</i> can only follow <i>n − 1</i>, and version 1 only nothing.
 */
public record Commit(User user, RecordedEvent event, Optional<IdempotencyClaim> claim) {
  public Commit {
    if (!event.user().equals(user.key()) || !event.version().equals(user.version())) {
      throw new IllegalArgumentException("the event of another user or version");
    }
    if (claim.isPresent() && !user.version().equals(Version.FIRST)) {
      throw new IllegalArgumentException("only a create claims an idempotency key");
    }
    requireNonNull(claim);
  }
}
