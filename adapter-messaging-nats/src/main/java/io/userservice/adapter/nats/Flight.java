package io.userservice.adapter.nats;

import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * A list of events in the air: who is answered, who isn't yet, and no more than a window of the
 * latter. Each event's first outcome counts. One thread sends and waits, any others may settle.
 */
final class Flight {
  private final AtomicReferenceArray<Outcome> outcomes;
  private final CountDownLatch open;
  private final Semaphore window;
  private final long deadline;

  Flight(int events, int window, Duration time) {
    this.outcomes = new AtomicReferenceArray<>(events);
    this.open = new CountDownLatch(events);
    this.window = new Semaphore(window);
    this.deadline = System.nanoTime() + time.toNanos();
  }

  int size() {
    return outcomes.length();
  }

  /** Waits until one more may be sent; false when the time is up. */
  boolean takeOff() throws InterruptedException {
    return window.tryAcquire(remaining(), TimeUnit.NANOSECONDS);
  }

  /** Waits until all are settled; false when the time is up. */
  boolean land() throws InterruptedException {
    return open.await(remaining(), TimeUnit.NANOSECONDS);
  }

  private long remaining() {
    return deadline - System.nanoTime();
  }

  boolean isOver() {
    return open.getCount() == 0;
  }

  /** An event's outcome; one that comes too late, or for an event of no such number, is nothing. */
  void settle(long index, Outcome outcome) {
    if (index >= 0
        && index < outcomes.length()
        && outcomes.compareAndSet((int) index, null, outcome)) {
      open.countDown();
      window.release();
    }
  }

  /** Whatever isn't settled is unknown. */
  void abandon(String reason) {
    var unknown = new Unknown(reason);
    for (var i = 0; i < outcomes.length(); i++) {
      settle(i, unknown);
    }
  }

  /** All outcomes, in order; to be asked for when the flight is over. */
  List<Outcome> outcomes() {
    return IntStream.range(0, outcomes.length()).mapToObj(outcomes::get).toList();
  }
}
