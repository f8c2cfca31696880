package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Work that takes much memory for some milliseconds has so many places together. Who finds too few
 * waits, in the order of coming, or large ones would wait for ever.
 */
final class WaitingRoom {
  /** How long anyone waits unless it is said. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Semaphore places;
  private final Duration patience;

  WaitingRoom(int places, Duration patience) {
    this.places = new Semaphore(places, true);
    this.patience = patience;
  }

  /**
   * Takes so many places, until they are {@link #leave left}; with 503 when none are had in time.
   */
  void enter(int count) {
    if (!isHad(count)) {
      throw new Unavailable(Reason.BUSY, "no room for more large work within some seconds");
    }
  }

  void leave(int count) {
    places.release(count);
  }

  private boolean isHad(int count) {
    try {
      return places.tryAcquire(count, patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
