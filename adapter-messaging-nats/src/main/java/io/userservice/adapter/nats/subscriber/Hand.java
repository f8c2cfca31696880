package io.userservice.adapter.nats.subscriber;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * All that was delivered and isn't acknowledged yet. Gives it out in the order of the stream, but
 * nothing of a user before what of the same user is older; a user whose event failed rests, the
 * others go on. Any thread may put in, one takes out.
 */
final class Hand {
  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  private final SortedMap<Long, Delivery> deliveries = new TreeMap<>();
  private final Map<String, Long> resting = new HashMap<>();
  private boolean closed;

  synchronized void put(Delivery delivery) {
    deliveries.put(delivery.streamSequence(), delivery);
    notifyAll();
  }

  /** Waits for the next one to be handled; empty when there is no next any more. */
  synchronized Optional<Delivery> next() throws InterruptedException {
    while (!closed) {
      var now = System.nanoTime();
      var next = ready(now);
      if (next.isPresent()) {
        return next;
      }
      TimeUnit.NANOSECONDS.timedWait(this, 1 + nanosToWait(now));
    }
    return Optional.empty();
  }

  /** The oldest of those whose users don't rest; so it is its user's oldest, too. */
  private Optional<Delivery> ready(long now) {
    return deliveries.values().stream()
        .filter(delivery -> restOf(delivery.lane(), now) <= 0)
        .findFirst();
  }

  private long restOf(String lane, long now) {
    return resting.getOrDefault(lane, now) - now;
  }

  private long nanosToWait(long now) {
    var rests = resting.keySet().stream().mapToLong(lane -> restOf(lane, now)).min();
    return Math.clamp(rests.orElse(LONG), 0, LONG);
  }

  /** It is acknowledged. */
  synchronized void done(Delivery delivery) {
    deliveries.remove(delivery.streamSequence());
    resting.remove(delivery.lane());
  }

  /** It comes again after a while, and nothing of its user before. */
  synchronized void again(Delivery delivery, Duration pause) {
    resting.put(delivery.lane(), System.nanoTime() + pause.toNanos());
  }

  /** All, in the order of the stream. */
  synchronized List<Delivery> all() {
    return List.copyOf(deliveries.values());
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** There is no next from now on. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
