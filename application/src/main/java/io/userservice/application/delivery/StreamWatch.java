package io.userservice.application.delivery;

import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.DeliveryObserver.Repaired;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.EventPublisher.Stored;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.StreamLedger.Known;
import io.userservice.application.driven.StreamLedger.Reopened;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the stream with what is known of it, before anything is sent: after each interruption,
 * when the lease was taken, and from time to time.
 *
 * <p>A stream never goes back by itself: what its limits or an operator's purge remove leaves its
 * last sequence as it is. So a last sequence below that of a delivery, or another stream of the
 * same name, means that the broker has lost what it had acknowledged: these events become pending
 * again. And what the stream holds behind the last known delivery is what was sent without our
 * hearing of it: that isn't sent again.
 *
 * <p>What is sent has its place, behind what was compared. So it doesn't matter how late it comes,
 * out of a frozen process or a network that was cut: by then the place is taken by whoever
 * publishes now, or else it is in time, and found.
 */
final class StreamWatch {
  private static final int CHUNK = 1_000;

  /** Events that are had from the outbox at once, which may be large. */
  private static final int PIECE = 100;

  private final EventPublisher publisher;
  private final StreamLedger ledger;
  private final PendingEvents events;
  private final Intake intake;
  private final DeliveryObserver observer;
  private final InstantSource clock;
  private final Interval look;
  private Optional<Session> compared = Optional.empty();
  private Known known = new Known("", 0, 0);

  /** The stream's last sequence that was compared or is ours; 0 when it isn't known. */
  private long end;

  /** What was reopened and what of it was found, as far as it isn't told yet, and why. */
  private long lost;

  private long found;
  private String loss = "";

  StreamWatch(
      EventPublisher publisher,
      StreamLedger ledger,
      PendingEvents events,
      Intake intake,
      DeliveryObserver observer,
      InstantSource clock,
      Interval look) {
    this.publisher = publisher;
    this.ledger = ledger;
    this.events = events;
    this.intake = intake;
    this.observer = observer;
    this.clock = clock;
    this.look = look;
  }

  /** Whether to look at the stream though there may be nothing to publish. */
  boolean isDue() {
    return look.isDue();
  }

  /** Whether there is a way to it now. */
  boolean isReachable() {
    try {
      publisher.session();
      return true;
    } catch (StreamUnavailable _) {
      return false; // that is the answer
    }
  }

  /** Trusts nothing that it saw: another instance may have been at work. */
  void forget() {
    compared = Optional.empty();
    intake.forget();
    end = 0;
    lost = 0;
    found = 0;
  }

  /**
   * The way to a stream of which nothing is missing but what is pending.
   *
   * @throws StreamUnavailable when there is none now
   * @throws LeaseGone when the lease was lost over it
   */
  Session session(HeldLease lease) {
    var isDue = look.isDue();
    if (isDue) {
      look.begin();
    }
    var session = publisher.session();
    lease.want();
    var isCompared = compared.filter(past -> past == session).isPresent();
    if (isCompared && !isDue) {
      return session;
    }
    var state = session.look();
    if (!isCompared || !isAsKnown(state)) {
      compare(session, state, lease);
      compared = Optional.of(session);
    } else if (state.first() != known.first()) {
      observe(state, lease);
    }
    return session;
  }

  private boolean isAsKnown(StreamState state) {
    return state.incarnation().equals(known.incarnation()) && state.last() == end;
  }

  /**
   * Publishes behind what was compared; what isn't acknowledged asks for another comparison. What
   * is acknowledged behind it is for that to find: were it marked, whoever comes next would take
   * all before it for accounted for.
   */
  List<Outcome> append(Session session, List<Publication> publications, HeldLease lease) {
    var outcomes = new ArrayList<Outcome>();
    for (var outcome : session.append(end, publications, lease::isHeld)) {
      switch (outcome) {
        case Acknowledged(var sequence, _) when compared.isPresent() -> {
          end = Math.max(end, sequence);
          outcomes.add(outcome);
        }
        case Acknowledged _ -> outcomes.add(new Overtaken());
        case Refused _ -> outcomes.add(outcome);
        case Overtaken _, Unknown _ -> {
          compared = Optional.empty();
          outcomes.add(outcome);
        }
      }
    }
    return outcomes;
  }

  private void compare(Session session, StreamState state, HeldLease lease) {
    intake.forget();
    events.settle(); // the ledger is to know all that is known here
    var past = ledger.known();
    var same = past.filter(stream -> stream.incarnation().equals(state.incarnation()));
    past.filter(stream -> !same.equals(past) || stream.last() > state.last())
        .ifPresent(stream -> reopen(stream, same.isEmpty(), state, lease));
    observe(state, lease);
    var looked = find(session, unaccounted(same, state), state, lease);
    known = ledger.known().orElse(known);
    end = looked;
    if (lost > found) {
      observer.on(new Repaired(lost - found, loss));
    }
    lost = 0;
    found = 0;
  }

  /** Where in the stream that begins of which nobody knows. */
  private long unaccounted(Optional<Known> same, StreamState state) {
    return 0 < end && end <= state.last()
        ? end + 1
        : same.map(stream -> Math.min(stream.last(), state.last()) + 1).orElse(state.first());
  }

  private void observe(StreamState state, HeldLease lease) {
    lease.demand();
    ledger.observe(lease.token(), state);
    if (!state.incarnation().equals(known.incarnation())) {
      end = 0;
    }
    known = new Known(state.incarnation(), state.first(), known.last());
  }

  private void reopen(Known past, boolean isAnother, StreamState state, HeldLease lease) {
    loss =
        isAnother
            ? "it is another stream than before"
            : "it ended at %d and not at %d".formatted(state.last(), past.last());
    var removed = past.first() - 1; // by its limits or an operator
    reopen(isAnother ? removed : Math.max(state.last(), removed), state.maxAge(), lease);
    if (!isAnother && state.last() < removed) {
      // Others get these places now; what had them is to be forgotten, not lost with those.
      reopen(state.last(), Optional.of(Duration.ZERO), lease);
    }
  }

  private void reopen(long after, Optional<Duration> maxAge, HeldLease lease) {
    Reopened chunk;
    do {
      lease.demand();
      chunk = ledger.reopen(lease.token(), after, maxAge, CHUNK);
      lost += chunk.events();
    } while (chunk.deliveries() == CHUNK);
  }

  /**
   * Marks what is pending and in the stream already.
   *
   * @return up to where the stream was looked at, with what others sent meanwhile
   */
  private long find(Session session, long begin, StreamState state, HeldLease lease) {
    var next = begin;
    while (next <= state.last() && !events.next(1).isEmpty()) {
      lease.demand();
      var stored = session.stored(next, CHUNK);
      for (var from = 0; from < stored.size(); from += PIECE) {
        lease.demand();
        found += mark(stored.subList(from, Math.min(from + PIECE, stored.size())));
      }
      next = stored.isEmpty() ? next : stored.getLast().sequence() + 1;
      if (stored.size() < CHUNK) {
        break;
      }
    }
    return Math.max(state.last(), next - 1);
  }

  private int mark(List<Stored> stored) {
    var sequences = new HashMap<EventId, Long>();
    stored.forEach(message -> message.id().ifPresent(id -> sequences.put(id, message.sequence())));
    var deliveries =
        events.find(sequences.keySet()).stream()
            .flatMap(
                pending ->
                    Stream.ofNullable(sequences.get(pending.event().id()))
                        .map(sequence -> new Delivery(pending, sequence)))
            .sorted((a, b) -> Long.compare(a.streamSequence(), b.streamSequence()))
            .toList();
    if (!deliveries.isEmpty()) {
      events.found(deliveries);
      deliveries.forEach(this::tell);
    }
    return deliveries.size();
  }

  private void tell(Delivery delivery) {
    var event = delivery.event().event();
    observer.on(
        new Published(
            event, delivery.streamSequence(), true, Duration.between(event.at(), clock.instant())));
  }
}
