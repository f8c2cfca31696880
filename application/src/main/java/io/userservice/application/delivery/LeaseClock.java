package io.userservice.application.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Knows when a lease is to be renewed; a clock that was set back makes it due, never overdue. */
final class LeaseClock {
  private final InstantSource clock;
  private final Duration interval;
  private Instant renewedAt = Instant.MIN;

  LeaseClock(InstantSource clock, Duration interval) {
    this.clock = clock;
    this.interval = interval;
  }

  void renewed() {
    renewedAt = clock.instant();
  }

  boolean isDue() {
    var now = clock.instant();
    return now.isBefore(renewedAt) || !now.isBefore(renewedAt.plus(interval));
  }
}
