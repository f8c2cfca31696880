package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.validation.Violation;
import java.util.List;

/** What a user answers to a request: it happened, there was nothing to do, or it can't be. */
public sealed interface Decision {

  /** The user's next state, and the event that says how it came about. */
  record Happened<U extends User>(U user, UserEvent event) implements Decision {
    public Happened {
      requireNonNull(user);
      requireNonNull(event);
    }
  }

  /** The request changes nothing: no version, no event. */
  record Nothing(ActiveUser user) implements Decision {
    public Nothing {
      requireNonNull(user);
    }
  }

  /** The state that would result breaks a rule. */
  record Refused(List<Violation> violations) implements Decision {
    public Refused {
      violations = List.copyOf(violations);
    }
  }
}
