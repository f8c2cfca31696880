package io.userservice.application.delivery;

import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.DeliveryObserver.Quarantined;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import java.time.Duration;
import java.time.InstantSource;

/**
 * One step of delivery: what is pending goes to the stream, what is acknowledged leaves the outbox.
 */
final class Relay {
  private final Outbox outbox;
  private final EventPublisher publisher;
  private final DeliveryObserver observer;
  private final InstantSource clock;

  Relay(Outbox outbox, EventPublisher publisher, DeliveryObserver observer, InstantSource clock) {
    this.outbox = outbox;
    this.publisher = publisher;
    this.observer = observer;
    this.clock = clock;
  }

  /** How a step ended. */
  sealed interface Step {}

  /** There was nothing to do. */
  record Idle() implements Step {}

  /** The stream took, or refused for good, what it was given: up to this many events. */
  record Progress(int events) implements Step {}

  /** The stream doesn't take events now; those that it took are off the list. */
  record Stuck() implements Step {}

  Step step(int limit) {
    var pending = outbox.next(limit);
    if (pending.isEmpty()) {
      return new Idle();
    }
    var batch = new Batch(pending);
    publish(batch);
    settle(batch);
    return batch.isStuck() ? new Stuck() : new Progress(pending.size());
  }

  private void publish(Batch batch) {
    for (var wave = batch.nextWave(); !wave.isEmpty(); wave = batch.nextWave()) {
      var outcomes = publisher.publish(wave.stream().map(Pending::event).toList());
      for (var i = 0; i < wave.size(); i++) {
        switch (outcomes.get(i)) {
          case Acknowledged taken -> batch.acknowledged(wave.get(i), taken);
          case Refused(var reason) -> batch.refused(wave.get(i), reason);
          case Unknown(var reason) -> batch.postponed(wave.get(i), reason);
        }
      }
    }
  }

  /** First the outbox, then the word about it: what is told is true. */
  private void settle(Batch batch) {
    var receipts = batch.receipts();
    if (!receipts.isEmpty()) {
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
