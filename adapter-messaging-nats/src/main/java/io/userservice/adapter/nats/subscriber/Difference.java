package io.userservice.adapter.nats.subscriber;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.json.JsonValue;
import java.time.Instant;

/** One thing that became different about a user. */
public sealed interface Difference {

  /** Another e-mail address. */
  record EmailChanged(String from, String to) implements Difference {
    public EmailChanged {
      requireNonNull(from);
      requireNonNull(to);
    }
  }

  /** Another name. */
  record NameChanged(String from, String to) implements Difference {
    public NameChanged {
      requireNonNull(from);
      requireNonNull(to);
    }
  }

  /** Another value of an attribute; {@link JsonValue#NULL} where it was or is absent. */
  record AttributeChanged(String key, JsonValue from, JsonValue to) implements Difference {
    public AttributeChanged {
      requireNonNull(key);
      requireNonNull(from);
      requireNonNull(to);
    }
  }

  /** The user, deleted at that time, lives again. */
  record Restored(Instant deletedAt) implements Difference {
    public Restored {
      requireNonNull(deletedAt);
    }
  }

  /** Something that this library doesn't know yet. */
  record OtherChanged(String field, JsonValue from, JsonValue to) implements Difference {
    public OtherChanged {
      requireNonNull(field);
      requireNonNull(from);
      requireNonNull(to);
    }
  }
}
