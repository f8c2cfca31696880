package io.userservice.application.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Knows when something is to be done again; a clock that was set back makes it due. For any
 * threads.
 */
final class Interval {
  private final InstantSource clock;
  private final Duration length;
  private volatile Instant begin = Instant.MIN;

  Interval(InstantSource clock, Duration length) {
    this.clock = clock;
    this.length = length;
  }

  void begin() {
    begin = clock.instant();
  }

  boolean isDue() {
    return !left().isPositive();
  }

  /** How long until then. */
  Duration left() {
    var since = begin; // first: another thread may begin anew
    var now = clock.instant();
    return since.equals(Instant.MIN) || now.isBefore(since)
        ? Duration.ZERO
        : Duration.between(now, since.plus(length));
  }
}
