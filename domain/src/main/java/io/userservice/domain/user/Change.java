package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/** One thing that became different about a user. Each kind says what can be absent. */
public sealed interface Change {

  /** Another address, or the same mailbox typed differently. */
  record EmailChanged(EmailAddress from, EmailAddress to) implements Change {
    public EmailChanged {
      requireNonNull(from);
      requireNonNull(to);
    }
  }

  /** Another name. */
  record NameChanged(UserName from, UserName to) implements Change {
    public NameChanged {
      requireNonNull(from);
      requireNonNull(to);
    }
  }

  /** A top-level attribute came, went or has another value. */
  record AttributeChanged(String key, Optional<JsonValue> from, Optional<JsonValue> to)
      implements Change {
    public AttributeChanged {
      requireNonNull(key);
      requireNonNull(from);
      requireNonNull(to);
    }
  }

  /** A deleted user lives again; {@code deletedAt} is when it had been deleted. */
  record Restored(Instant deletedAt) implements Change {
    public Restored {
      requireNonNull(deletedAt);
    }
  }
}
