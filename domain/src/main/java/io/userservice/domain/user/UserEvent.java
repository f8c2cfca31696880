package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What happened to a user, at the version it led to. */
public sealed interface UserEvent {
  UserKey user();

  /** The version that the user has since. */
  Version version();

  /** When it happened, in whole milliseconds. */
  Instant at();

  /** The user came to be. */
  record Created(UserKey user, Instant at, Profile profile) implements UserEvent {
    public Created {
      requireNonNull(user);
      requireNonNull(at);
      requireNonNull(profile);
    }

    @Override
    public Version version() {
      return Version.FIRST;
    }
  }

  /** Something about the user became different; a restore is one of these. */
  record Updated(UserKey user, Version version, Instant at, Changes changes) implements UserEvent {
    public Updated {
      requireNonNull(user);
      requireNonNull(version);
      requireNonNull(at);
      requireNonNull(changes);
    }
  }

  /** The user was (softly) deleted. */
  record Deleted(UserKey user, Version version, Instant at) implements UserEvent {
    public Deleted {
      requireNonNull(user);
      requireNonNull(version);
      requireNonNull(at);
    }
  }
}
