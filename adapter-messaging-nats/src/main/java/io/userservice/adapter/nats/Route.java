package io.userservice.adapter.nats;

/** The way to the stream. */
sealed interface Route {

  /** Events can be published this way. */
  record Open(JetStreamSession session) implements Route {}

  /** They can't be now. */
  record Blocked(String reason) implements Route {}
}
