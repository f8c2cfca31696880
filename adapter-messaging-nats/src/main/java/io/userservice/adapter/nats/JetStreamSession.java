package io.userservice.adapter.nats;

import io.nats.client.impl.Headers;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.EventPublisher.Stored;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.EventPublisher.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Publishes over one link, with many events in the air and a deadline of its own: the futures of
 * jnats end by a clean-up that runs every 5 s, whatever time they are given, and aren't told of a
 * lost connection.
 */
final class JetStreamSession implements Session {
  private final Link link;
  private final StreamReader reader;
  private final EventHeaders headers;
  private final Duration deadline;
  private final int window;

  JetStreamSession(Link link, EventHeaders headers, Duration deadline, int window) {
    this.link = link;
    this.reader = new StreamReader(link);
    this.headers = headers;
    this.deadline = deadline;
    this.window = window;
  }

  Link link() {
    return link;
  }

  @Override
  public StreamState look() {
    return reader.look();
  }

  @Override
  public List<Stored> stored(long from, int limit) {
    return reader.stored(from, limit);
  }

  @Override
  public List<Outcome> append(long end, List<Publication> publications, BooleanSupplier permitted) {
    return fly(publications, new Placing(OptionalLong.of(end)), permitted);
  }

  @Override
  public List<Outcome> publish(List<Publication> publications) {
    return fly(publications, new Placing(OptionalLong.empty()), () -> true);
  }

  private List<Outcome> fly(
      List<Publication> publications, Placing placing, BooleanSupplier permitted) {
    var flight = new Flight(publications.size(), window, deadline);
    fly(flight, publications, placing, permitted);
    return flight.outcomes();
  }

  private void fly(
      Flight flight, List<Publication> publications, Placing placing, BooleanSupplier permitted) {
    var first = link.launch(flight);
    try {
      for (var i = 0; i < publications.size() && !flight.isOver() && flight.takeOff(); i++) {
        if (permitted.getAsBoolean()) {
          send(flight, publications.get(i), placing, first, i);
        } else {
          flight.settle(i, new Unknown("not sent: another instance may publish now"));
        }
      }
      if (!flight.land()) {
        link.giveUp(overdue());
        flight.abandon(link.watch().reason()); // who lost it just now may not have come to that
      }
    } catch (InterruptedException _) {
      flight.abandon("interrupted before the acknowledgement");
      Thread.currentThread().interrupt();
    }
  }

  private String overdue() {
    return "no acknowledgement within "
        + deadline.toMillis()
        + " ms"
        + link.watch().lastError("; last error: ");
  }

  private void send(
      Flight flight, Publication publication, Placing placing, long first, int index) {
    var event = publication.event();
    var head = placing.place(headers.of(publication));
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
      placing.sent();
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
