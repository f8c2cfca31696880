package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.ProblemHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Pages in the making have so many items together at most: some dozens of large ones at a time
 * would take all memory. Who finds no room waits; it takes some milliseconds to make a page.
 */
final class PageRoom {
  static final int ITEMS = 800;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** In the order of their coming, or large ones would wait for ever. */
  private final Semaphore items = new Semaphore(ITEMS, true);

  private final Duration patience;

  PageRoom() {
    this(PATIENCE);
  }

  PageRoom(Duration patience) {
    this.patience = patience;
  }

  /** Makes a page of so many items, which is answered with 503 when there is no room in time. */
  Reply make(int limit, Supplier<Reply> page) {
    if (!isHad(limit)) {
      throw ProblemHandlers.unavailable().raised();
    }
    try {
      return page.get();
    } finally {
      items.release(limit);
    }
  }

  private boolean isHad(int limit) {
    try {
      return items.tryAcquire(limit, patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
