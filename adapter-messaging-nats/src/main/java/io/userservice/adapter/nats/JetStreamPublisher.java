package io.userservice.adapter.nats;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.StreamUnavailable;
import java.util.Optional;

/** The stream behind the connector's link, while there is one. */
final class JetStreamPublisher implements EventPublisher {
  /** What the headers of an event may take, generously. */
  private static final int HEADERS = 2_048;

  private final Connector connector;

  JetStreamPublisher(Connector connector) {
    this.connector = connector;
  }

  @Override
  public Session session() {
    return switch (connector.route()) {
      case Route.Open(var session) -> session;
      case Route.Blocked(var reason) -> throw new StreamUnavailable(reason);
    };
  }

  @Override
  public Optional<Integer> largestPayload() {
    return connector.largestMessage().map(bytes -> bytes - HEADERS);
  }
}
