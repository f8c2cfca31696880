package io.userservice.bootstrap;

import java.time.Duration;
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

  synchronized void run(LongConsumer action) {
    var now = System.nanoTime();
    if (open || now - last >= intervalNanos) {
      action.accept(heldBack);
      open = false;
      last = now;
      heldBack = 0;
    } else {
      heldBack++;
    }
  }

  /** The next action may run at once. */
  synchronized void reset() {
    open = true;
    heldBack = 0;
  }
}
