package io.userservice.application.driven;

import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;

/**
 * Is told what the delivery of events comes to, as facts, by more than one thread; must return at
 * once and never throw.
 */
public interface DeliveryObserver {
  void on(DeliveryFact fact);

  /** Something worth a line or a count. */
  sealed interface DeliveryFact {}

  /**
   * The stream has acknowledged an event.
   *
   * @param delay from the event to its acknowledgement
   */
  record Published(RecordedEvent event, long streamSequence, boolean duplicate, Duration delay)
      implements DeliveryFact {}

  /** An event's outcome is unknown; it and all behind it will be tried again. */
  record Postponed(RecordedEvent event, String reason) implements DeliveryFact {}

  /** An event was refused by the stream for itself and set aside. */
  record Quarantined(RecordedEvent event, String reason) implements DeliveryFact {}

  /** The stream had lost events that it had acknowledged; they are published again. */
  record Repaired(long events, String what) implements DeliveryFact {}

  /** The store couldn't be asked; delivery goes on when it can. */
  record StoreAway(String reason) implements DeliveryFact {}

  /** Delivery failed for a reason that nobody foresaw; it goes on all the same. */
  record DeliveryFailed(Throwable cause) implements DeliveryFact {}

  /** This instance publishes from now on. */
  record LeaseTaken() implements DeliveryFact {}

  /** Another instance publishes from now on. */
  record LeaseLost() implements DeliveryFact {}
}
