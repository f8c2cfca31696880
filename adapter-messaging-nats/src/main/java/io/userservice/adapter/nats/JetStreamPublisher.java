package io.userservice.adapter.nats;

import io.nats.client.impl.Headers;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Publishes with many events in the air and a deadline of its own: the futures of jnats end by a
 * clean-up that runs every 5 s, whatever time they are given, and aren't told of a lost connection.
 */
final class JetStreamPublisher implements EventPublisher {
  private final Supplier<Route> route;
  private final EventHeaders headers;
  private final Duration deadline;
  private final int window;

  JetStreamPublisher(Supplier<Route> route, NatsMessaging.Options options) {
    this.route = route;
    this.headers = new EventHeaders(options.source(), options.schemaBase());
    this.deadline = options.publishDeadline();
    this.window = options.window();
  }

  @Override
  public List<Outcome> publish(List<RecordedEvent> events) {
    var flight = new Flight(events.size(), window, deadline);
    switch (route.get()) {
      case Route.Open(var link) -> fly(flight, link, events);
      case Route.Blocked(var reason) -> flight.abandon(reason);
    }
    return flight.outcomes();
  }

  private void fly(Flight flight, Link link, List<RecordedEvent> events) {
    var first = link.launch(flight);
    try {
      for (var i = 0; i < events.size() && !flight.isOver() && flight.takeOff(); i++) {
        send(flight, link, events.get(i), first, i);
      }
      if (!flight.land()) {
        link.giveUp(overdue(link));
      }
    } catch (InterruptedException _) {
      flight.abandon("interrupted before the acknowledgement");
      Thread.currentThread().interrupt();
    }
  }

  private String overdue(Link link) {
    return "no acknowledgement within "
        + deadline.toMillis()
        + " ms"
        + link.watch().lastError("; last error: ");
  }

  private void send(Flight flight, Link link, RecordedEvent event, long first, int index) {
    var head = headers.of(event);
    var payload = event.payload().utf8();
    if (isTooLarge(head, payload, link.maxPayload())) {
      flight.settle(
          index,
          new Refused(
              "%d bytes with headers, the server takes at most %d"
                  .formatted(size(head, payload), link.maxPayload())));
      return;
    }
    try {
      link.publish(event.type().value(), first + index, head, payload);
    } catch (IllegalStateException | IllegalArgumentException notSent) {
      // The connection was lost in this moment: its queue takes nothing more.
      flight.settle(index, new Unknown("not sent: " + notSent.getMessage()));
    }
  }

  private static boolean isTooLarge(Headers head, byte[] payload, long limit) {
    return limit > 0 && size(head, payload) > limit;
  }

  private static int size(Headers head, byte[] payload) {
    return head.serializedLength() + payload.length;
  }
}
