package io.userservice.application.delivery;

import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.DeliveryObserver.Quarantined;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.StreamUnavailable;
import java.time.Duration;
import java.time.InstantSource;

/**
 * One step of delivery: what is pending goes to the stream, what is acknowledged leaves the outbox.
 */
final class Relay {
  private final Outbox outbox;
  private final Intake intake;
  private final StreamWatch stream;
  private final DeliveryObserver observer;
  private final InstantSource clock;

  Relay(
      Outbox outbox,
      Intake intake,
      StreamWatch stream,
      DeliveryObserver observer,
      InstantSource clock) {
    this.outbox = outbox;
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

  /** The stream doesn't take events now. */
  record Stuck() implements Step {}

  Step step(HeldLease lease, int limit) {
    try {
      return step(stream.session(lease), lease, limit);
    } catch (StreamUnavailable away) {
      lease.offer(); // another instance may have a way
      return waiting(String.valueOf(away.getMessage()));
    }
  }

  /** A stream that is away is no failure as long as nothing waits for it. */
  private Step waiting(String reason) {
    intake.forget();
    var pending = outbox.next(1);
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
    batch.publish(publications -> stream.append(session, publications, lease));
    settle(batch, lease);
    if (batch.isStuck()) {
      intake.forget();
      return batch.receipts().isEmpty() ? new Stuck() : new Progress(pending.size());
    }
    return new Progress(pending.size());
  }

  /** First the outbox, then the word about it: what is told is true. */
  private void settle(Batch batch, HeldLease lease) {
    if (!lease.isHeld() && !lease.keep()) {
      throw new LeaseGone(); // the new holder finds in the stream what was sent
    }
    var receipts = batch.receipts();
    if (!receipts.isEmpty()) {
      intake.delivered(receipts.stream().map(Batch.Receipt::pending).toList());
      outbox.delivered(
          receipts.stream()
              .map(receipt -> new Delivery(receipt.pending(), receipt.taken().streamSequence()))
              .toList());
    }
    receipts.forEach(this::tell);
    batch
        .refusals()
        .forEach(
            refusal -> {
              outbox.quarantine(refusal.pending(), refusal.reason());
              observer.on(new Quarantined(refusal.pending().event(), refusal.reason()));
            });
    batch
        .postponement()
        .ifPresent(
            refusal -> observer.on(new Postponed(refusal.pending().event(), refusal.reason())));
  }

  private void tell(Batch.Receipt receipt) {
    var event = receipt.pending().event();
    observer.on(
        new Published(
            event,
            receipt.taken().streamSequence(),
            receipt.taken().duplicate(),
            Duration.between(event.at(), clock.instant())));
  }
}
