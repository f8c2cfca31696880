package io.userservice.application.delivery;

import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * What the relay has to deliver, and has delivered. What was acknowledged one by one is marked in
 * the outbox together, a moment later: for a lone change its mark would cost as much as the change
 * did. And while that is done, one list after the other, the relay goes on. Who asks for more
 * meanwhile gets what isn't acknowledged. When the process dies before, the next holder of the
 * lease finds it in the stream.
 */
final class PendingEvents {
  private final Outbox outbox;
  private final DeliveryObserver observer;
  private final Interval moment;
  private final int most;
  private final Executor marker;
  private final List<Acknowledgement> gathered = new ArrayList<>();

  /** Characters of their payloads. */
  private long size;

  private Marking marking = Marking.NONE;
  private Optional<HeldLease> lease = Optional.empty();

  /**
   * @param moment how long a mark may wait
   * @param most how many may
   * @param marker makes the marks, and tells of them
   */
  PendingEvents(
      Outbox outbox, DeliveryObserver observer, Interval moment, int most, Executor marker) {
    this.outbox = outbox;
    this.observer = observer;
    this.moment = moment;
    this.most = most;
    this.marker = marker;
  }

  /** What the stream took, and what is told of it once it is marked. */
  record Acknowledgement(Delivery delivery, Published fact) {
    private Pending pending() {
      return delivery.event();
    }
  }

  /** Marks on their way, and their end. */
  private record Marking(List<Acknowledgement> all, CompletableFuture<Void> end) {
    static final Marking NONE = new Marking(List.of(), CompletableFuture.completedFuture(null));

    Set<Long> sequences() {
      return all.stream()
          .map(acknowledgement -> acknowledgement.pending().sequence())
          .collect(Collectors.toSet());
    }

    void await() {
      try {
        end.join();
      } catch (CompletionException failure) {
        throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
      }
    }
  }

  /**
   * From now on by this lease. What is left from an earlier one is for the stream to tell, also
   * when its marks failed; they must not come later.
   */
  void begin(HeldLease lease) {
    marking.end().exceptionally(_ -> null).join();
    marking = Marking.NONE;
    gathered.clear();
    size = 0;
    this.lease = Optional.of(lease);
  }

  /** The stream has acknowledged these, in this order, behind all earlier ones. */
  void acknowledged(List<Acknowledgement> acknowledgements) {
    if (gathered.isEmpty()) {
      moment.begin();
    }
    gathered.addAll(acknowledgements);
    size += Pending.size(acknowledgements.stream().map(Acknowledgement::pending).toList());
    if (gathered.size() >= most || size >= Outbox.LARGE) {
      mark();
    }
  }

  /** Begins to mark what has waited long enough. */
  void settleWhenDue() {
    if (moment.isDue()) {
      mark();
    }
  }

  /** How long until something is to be marked, at most so long. */
  Duration untilDue(Duration atMost) {
    var left = moment.left();
    return gathered.isEmpty() || atMost.compareTo(left) < 0 ? atMost : left;
  }

  /**
   * Begins to mark all that was acknowledged, and then tells of it: what is told is true. Waits for
   * earlier marks only when there are others, which come behind. Needs the lease that it {@link
   * #begin began} with.
   */
  private void mark() {
    if (!gathered.isEmpty()) {
      marking.await();
      lease.orElseThrow().demandHeld();
      var holder = holder();
      var all = List.copyOf(gathered);
      gathered.clear();
      size = 0;
      marking = new Marking(all, CompletableFuture.runAsync(() -> mark(holder, all), marker));
    }
    if (marking.end().isDone()) {
      marking.await(); // what failed stays, so that nothing comes behind it
      marking = Marking.NONE;
    }
  }

  private FencingToken holder() {
    return lease.orElseThrow().token();
  }

  private void mark(FencingToken holder, List<Acknowledgement> all) {
    outbox.delivered(holder, all.stream().map(Acknowledgement::delivery).toList());
    all.forEach(acknowledgement -> observer.on(acknowledgement.fact()));
  }

  /**
   * All that was acknowledged is marked and told.
   *
   * @throws LeaseGone when the lease was lost: its new holder may have found that the stream forgot
   *     them
   */
  void settle() {
    mark();
    marking.await();
  }

  /** The first pending events that aren't acknowledged, as many as {@link Outbox#next} gives. */
  List<Pending> next(int limit) {
    mark();
    var acknowledged = marking.sequences();
    var first = outbox.next(limit + acknowledged.size());
    var pending =
        first.stream()
            .filter(event -> !acknowledged.contains(event.sequence()))
            .limit(limit)
            .toList();
    if (Pending.size(first) >= Outbox.LARGE && Pending.size(pending) < Outbox.LARGE) {
      marking.await(); // what is being marked has taken the place of others
      return outbox.next(limit);
    }
    return pending;
  }

  /** The pending events among these. */
  List<Pending> find(Collection<EventId> ids) {
    settle();
    return outbox.find(ids);
  }

  /** These were found in the stream, in this order, behind all that was acknowledged. */
  void found(List<Delivery> deliveries) {
    settle();
    outbox.delivered(holder(), deliveries);
  }

  /** The stream refuses this event for itself: set it aside, with its user's later events. */
  void quarantine(Pending event, String reason) {
    settle();
    outbox.quarantine(holder(), event, reason);
  }
}
