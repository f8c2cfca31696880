package io.userservice.bootstrap;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** Lets an action run at most once in a while and tells it how often it was held back since. */
final class Throttle {
  private final long intervalNanos;
  private boolean open = true;
  private long last;
  private long heldBack;

  Throttle(Duration interval) {
    this.intervalNanos = interval.toNanos();
  }

  /** The action runs outside the lock: nobody waits for what it does. */
  void run(LongConsumer action) {
    pass().ifPresent(action);
  }

  /** How often the action was held back, if it may run now. */
  private synchronized OptionalLong pass() {
    var now = System.nanoTime();
    if (!open && now - last < intervalNanos) {
      heldBack++;
      return OptionalLong.empty();
    }
    var missed = OptionalLong.of(heldBack);
    open = false;
    last = now;
    heldBack = 0;
    return missed;
  }

  /** The next action may run at once. */
  synchronized void reset() {
    open = true;
    heldBack = 0;
  }
}
