package io.userservice.application.driven;

import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The committed events that are still to be published: a set that is read and emptied, never a
 * cursor over a sequence (a transaction that commits late would be skipped for good).
 *
 * <ul>
 *   <li>What was committed is pending until it is delivered.
 *   <li>What is pending survives a restart.
 *   <li>Pending events come in the order of their sequence, up to the limit.
 *   <li>Of large events fewer come at once, but one at least.
 *   <li>How large an event is its octets tell, not its characters.
 *   <li>Per user the order is that of versions, under concurrent commits.
 *   <li>Pending events are found by their ids.
 *   <li>Delivering some leaves the others.
 *   <li>Marking twice is no error.
 *   <li>Who has lost the lease marks nothing and sets nothing aside.
 *   <li>A quarantined event and its user's later ones are not pending.
 *   <li>What is held back takes no room among the next.
 *   <li>What is held back is still found, and counted in the backlog.
 *   <li>Quarantined events come in the order of their sequence, up to the limit, each with its
 *       reason.
 *   <li>A retried event is pending again, before its user's later ones.
 *   <li>A dropped event is gone for good, and its user's later ones are pending.
 *   <li>All that are named are retried or dropped, and no others.
 *   <li>What became of an event survives a restart.
 *   <li>The backlog tells how much waits, and since when.
 *   <li>A store out of reach is unavailable.
 * </ul>
 *
 * Next, delivered and quarantine are for the one holder of the {@link RelayLease}; the latter two
 * throw {@link LeaseGone} when it was had again since. All throw {@link StoreUnavailable}.
 */
public interface Outbox {
  /** Characters of payload that are much for events in memory: 1 Mi. */
  int LARGE = 1 << 20;

  /**
   * The first pending events, up to {@code limit}. Fewer, but at least one, when they are large:
   * the one that makes them four times {@link #LARGE} octets is the last. What is fewer than the
   * limit and not even {@link #LARGE} is all there is.
   */
  List<Pending> next(int limit);

  /**
   * The stream has acknowledged these, in this order. They leave the outbox and enter the feed
   * ({@link EventLog#after}) together.
   */
  void delivered(FencingToken holder, List<Delivery> deliveries);

  /** The pending events among these. */
  List<Pending> find(Collection<EventId> ids);

  /** The stream refuses this event for itself: set it aside, with its user's later events. */
  void quarantine(FencingToken holder, Pending event, String reason);

  /** The first events that were set aside, up to {@code limit}, in the order of their sequence. */
  List<Quarantined> quarantined(int limit);

  /** Makes events that were set aside pending again; gives those that were. */
  List<EventId> retry(Collection<EventId> ids);

  /**
   * Gives up events that were set aside: they will never be published, and don't hold back their
   * user's later ones any more; gives those that were. They stay in the log.
   */
  List<EventId> drop(Collection<EventId> ids);

  /** How much is waiting, also behind what was set aside. */
  Backlog backlog();

  /** An event that is to be published; sequences order, but have gaps. */
  record Pending(long sequence, RecordedEvent event) {

    /** Characters of these events' payloads together. */
    public static long size(Collection<Pending> events) {
      return events.stream().mapToLong(pending -> pending.event().payload().value().length()).sum();
    }
  }

  /** An event that was set aside, and why. */
  record Quarantined(RecordedEvent event, String reason) {}

  /** An acknowledged event and its sequence in the stream. */
  record Delivery(Pending event, long streamSequence) {}

  /**
   * What waits.
   *
   * @param oldest when the first of them happened, those set aside left out
   */
  record Backlog(long pending, Optional<Instant> oldest, long quarantined) {}
}
