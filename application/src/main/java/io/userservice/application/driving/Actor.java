package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

/** Who caused a change: the subject of the token. */
public record Actor(String subject) {
  public Actor {
    requireNonNull(subject);
  }

  @Override
  public String toString() {
    return subject;
  }
}
