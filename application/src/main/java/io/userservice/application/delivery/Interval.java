package io.userservice.application.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Knows when something is to be done again; a clock that was set back makes it due. */
final class Interval {
  private final InstantSource clock;
  private final Duration length;
  private Instant begin = Instant.MIN;

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
    var now = clock.instant();
    return begin.equals(Instant.MIN) || now.isBefore(begin)
        ? Duration.ZERO
        : Duration.between(now, begin.plus(length));
  }
}
