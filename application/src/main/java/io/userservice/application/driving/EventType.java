package io.userservice.application.driving;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of events, by the name they have in the world outside. */
public enum EventType {
  CREATED("user.created"),
  UPDATED("user.updated"),
  DELETED("user.deleted");

  private final String value;

  EventType(String value) {
    this.value = value;
  }

  /** The published name, e.g. {@code user.created}. */
  public String value() {
    return value;
  }

  /** The type of a published name. */
  public static Optional<EventType> of(String value) {
    return Arrays.stream(values()).filter(type -> type.value.equals(value)).findFirst();
  }

  @Override
  public String toString() {
    return value;
  }
}
