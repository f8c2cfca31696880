package io.userservice.application.delivery;

import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driving.EventId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the relay has to deliver, and has delivered. What was acknowledged one by one is marked in
 * the outbox together, a moment later: for a lone change its mark would cost as much as the change
 * did. Who asks for more meanwhile finds it marked. When the process dies before, the next holder
 * of the lease finds it in the stream.
 */
final class PendingEvents {
  private final Outbox outbox;
  private final DeliveryObserver observer;
  private final Interval moment;
  private final int most;
  private final List<Acknowledgement> gathered = new ArrayList<>();
  private Optional<HeldLease> lease = Optional.empty();

  /**
   * @param moment how long a mark may wait
   * @param most how many may
   */
  PendingEvents(Outbox outbox, DeliveryObserver observer, Interval moment, int most) {
    this.outbox = outbox;
    this.observer = observer;
    this.moment = moment;
    this.most = most;
  }

  /** What the stream took, and what is told of it once it is marked. */
  record Acknowledgement(Delivery delivery, Published fact) {}

  /** From now on by this lease. What is left from an earlier one is for the stream to tell. */
  void begin(HeldLease lease) {
    gathered.clear();
    this.lease = Optional.of(lease);
  }

  /** The stream has acknowledged these, in this order, behind all earlier ones. */
  void acknowledged(List<Acknowledgement> acknowledgements) {
    if (gathered.isEmpty()) {
      moment.begin();
    }
    gathered.addAll(acknowledgements);
    if (gathered.size() >= most) {
      settle();
    }
  }

  /** Marks what has waited long enough. */
  void settleWhenDue() {
    if (moment.isDue()) {
      settle();
    }
  }

  /** How long until something is to be marked, at most so long. */
  Duration untilDue(Duration atMost) {
    var left = moment.left();
    return gathered.isEmpty() || atMost.compareTo(left) < 0 ? atMost : left;
  }

  /**
   * Marks all that was acknowledged, and then tells of it: what is told is true. Needs the lease
   * that it {@link #begin began} with.
   *
   * @throws LeaseGone when the lease was lost: its new holder may have found that the stream forgot
   *     them
   */
  void settle() {
    if (gathered.isEmpty()) {
      return;
    }
    lease.orElseThrow().demandHeld();
    outbox.delivered(gathered.stream().map(Acknowledgement::delivery).toList());
    gathered.forEach(acknowledgement -> observer.on(acknowledgement.fact()));
    gathered.clear();
  }

  /** The first pending events, up to {@code limit}. */
  List<Pending> next(int limit) {
    settle();
    return outbox.next(limit);
  }

  /** The pending events among these. */
  List<Pending> find(Collection<EventId> ids) {
    settle();
    return outbox.find(ids);
  }

  /** These were found in the stream, in this order, behind all that was acknowledged. */
  void found(List<Delivery> deliveries) {
    settle();
    outbox.delivered(deliveries);
  }

  /** The stream refuses this event for itself: set it aside, with its user's later events. */
  void quarantine(Pending event, String reason) {
    settle();
    outbox.quarantine(event, reason);
  }
}
