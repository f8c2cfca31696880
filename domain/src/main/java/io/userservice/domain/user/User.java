package io.userservice.domain.user;

import java.time.Instant;

/** A user of a tenant, in one of its two states. What a state can't do isn't there to be called. */
public sealed interface User permits ActiveUser, DeletedUser {
  UserKey key();

  Version version();

  Profile profile();

  /** When the user was created, in whole milliseconds. */
  Instant createdAt();

  /** When the user last changed, in whole milliseconds; a deletion is a change. */
  Instant updatedAt();
}
