package io.userservice.application.delivery;

import io.userservice.application.delivery.PendingEvents.Acknowledgement;
import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.DeliveryObserver.Quarantined;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.StreamUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * One step of delivery: what is pending goes to the stream, what is acknowledged leaves the outbox.
 */
final class Relay {
  /** So that other users' events have their turn, and what went is marked. */
  private static final int MOST_WAVES = 64;

  private final PendingEvents events;
  private final Intake intake;
  private final StreamWatch stream;
  private final DeliveryObserver observer;
  private final InstantSource clock;

  Relay(
      PendingEvents events,
      Intake intake,
      StreamWatch stream,
      DeliveryObserver observer,
      InstantSource clock) {
    this.events = events;
    this.intake = intake;
    this.stream = stream;
    this.observer = observer;
    this.clock = clock;
  }

  /** How a step ended. */
  sealed interface Step {}

  /** There was nothing to do. */
  record Idle() implements Step {}

  /** The stream took, or refused for good, some or all of this many events. */
  record Progress(int events) implements Step {}

  /** Others were faster; there is to be another comparison. */
  record Overtaken() implements Step {}

  /** The stream doesn't take events now. */
  record Stuck() implements Step {}

  Step step(HeldLease lease, int limit) {
    try {
      return step(stream.session(lease), lease, limit);
    } catch (StreamUnavailable away) {
      events.settle(); // by a lease that is nobody else's yet
      lease.offer(); // another instance may have a way
      return waiting(String.valueOf(away.getMessage()));
    }
  }

  /** A stream that is away is no failure as long as nothing waits for it. */
  private Step waiting(String reason) {
    intake.forget();
    var pending = intake.next(1);
    if (pending.isEmpty()) {
      return new Idle();
    }
    observer.on(new Postponed(pending.getFirst().event(), reason));
    return new Stuck();
  }

  private Step step(Session session, HeldLease lease, int limit) {
    var pending = intake.next(limit);
    if (pending.isEmpty()) {
      return new Idle();
    }
    var batch = new Batch(pending);
    batch.publish(publications -> append(session, publications, lease), MOST_WAVES);
    settle(batch, lease);
    if (!batch.isUnfinished()) {
      return new Progress(pending.size());
    }
    intake.forget();
    if (!batch.isInVain()) {
      return new Progress(pending.size());
    }
    return batch.postponement().isPresent() ? new Stuck() : new Overtaken();
  }

  /** A user's many versions may take longer than the lease lasts. */
  private List<Outcome> append(Session session, List<Publication> publications, HeldLease lease) {
    lease.demand();
    return stream.append(session, publications, lease);
  }

  /** First the outbox, then the word about it: what is told is true. */
  private void settle(Batch batch, HeldLease lease) {
    lease.demandHeld(); // a new holder finds in the stream what was sent
    var receipts = batch.receipts();
    intake.delivered(receipts.stream().map(Batch.Receipt::pending).toList());
    events.acknowledged(receipts.stream().map(this::acknowledgement).toList());
    batch.refusals().forEach(this::quarantine);
    batch
        .postponement()
        .ifPresent(
            refusal -> {
              events.settle(); // what was published is told before what wasn't
              observer.on(new Postponed(refusal.pending().event(), refusal.reason()));
            });
  }

  /** Out of memory it would go once more: it is new, and not delivered. */
  private void quarantine(Batch.Refusal refusal) {
    intake.forget();
    events.quarantine(refusal.pending(), refusal.reason());
    observer.on(new Quarantined(refusal.pending().event(), refusal.reason()));
  }

  private Acknowledgement acknowledgement(Batch.Receipt receipt) {
    var event = receipt.pending().event();
    var taken = receipt.taken();
    return new Acknowledgement(
        new Delivery(receipt.pending(), taken.streamSequence()),
        new Published(
            event,
            taken.streamSequence(),
            taken.duplicate(),
            Duration.between(event.at(), clock.instant())));
  }
}
