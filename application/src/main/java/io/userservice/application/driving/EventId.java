package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** The identity of an event, a UUIDv7, by which consumers and the stream tell duplicates. */
public record EventId(UUID value) {
  public EventId {
    requireNonNull(value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
