package io.userservice.application.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Growing waits between tries: doubled each time up to a limit. There is one relay per database, so
 * no crowd whose tries would have to be spread by chance.
 */
final class Backoff {
  private final Duration first;
  private final Duration atMost;
  private final AtomicInteger failures = new AtomicInteger();

  Backoff(Duration first, Duration atMost) {
    this.first = first;
    this.atMost = atMost;
  }

  Duration next() {
    var doublings = Math.min(failures.getAndIncrement(), 20);
    var wait = first.multipliedBy(1L << doublings);
    return wait.compareTo(atMost) < 0 ? wait : atMost;
  }

  void reset() {
    failures.set(0);
  }
}
