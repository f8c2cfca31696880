package io.userservice.adapter.nats;

/** The way to the stream. */
sealed interface Route {

  /** Events can be published over this connection. */
  record Open(Link link) implements Route {}

  /** They can't be now. */
  record Blocked(String reason) implements Route {}
}
