package io.userservice.application.driven;

import io.userservice.application.driving.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The committed events that are still to be published: a set that is read and emptied, never a
 * cursor over a sequence (a transaction that commits late would be skipped for good).
 *
 * <ul>
 *   <li>What was committed is pending until it is marked as delivered, across restarts.
 *   <li>Pending events come in the order of their sequence; per user that is the order of versions.
 *   <li>Nothing of a user with a quarantined event is pending.
 *   <li>Marking twice is no error; what isn't pending is passed over.
 * </ul>
 *
 * To be used by the one holder of the {@link RelayLease}; throws {@link StoreUnavailable}.
 */
public interface Outbox {

  /** The first pending events, up to {@code limit}. */
  List<Pending> next(int limit);

  /**
   * The stream has acknowledged these, in this order. They leave the outbox and enter the feed
   * ({@link EventLog#after}) together.
   */
  void delivered(List<Delivery> deliveries);

  /** The stream refuses this event for itself: set it aside, with its user's later events. */
  void quarantine(Pending event, String reason);

  /** How much is waiting. */
  Backlog backlog();

  /** An event that is to be published; sequences order, but have gaps. */
  record Pending(long sequence, RecordedEvent event) {}

  /** An acknowledged event and its sequence in the stream. */
  record Delivery(Pending event, long streamSequence) {}

  /**
   * What waits.
   *
   * @param oldest when the oldest pending event happened
   */
  record Backlog(long pending, Optional<Instant> oldest, long quarantined) {}
}
