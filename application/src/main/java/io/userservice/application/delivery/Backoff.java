package io.userservice.application.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * Growing waits between tries: doubled each time up to a limit, and cut short by chance, by half at
 * most. One relay is at work per database, but many databases' relays may wait for one broker, and
 * needn't all come back to it in the same moment.
 */
final class Backoff {
  private final Duration first;
  private final Duration atMost;
  private final DoubleSupplier chance;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param chance from 0, for a whole wait, up to 1, for half of it
   */
  Backoff(Duration first, Duration atMost, DoubleSupplier chance) {
    this.first = first;
    this.atMost = atMost;
    this.chance = chance;
  }

  Duration next() {
    var doublings = Math.min(failures.getAndIncrement(), 20);
    var doubled = first.multipliedBy(1L << doublings);
    var wait = doubled.compareTo(atMost) < 0 ? doubled : atMost;
    return wait.minusNanos((long) (wait.toNanos() / 2 * chance.getAsDouble()));
  }

  void reset() {
    failures.set(0);
  }
}
