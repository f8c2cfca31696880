package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.ProblemHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Large bodies have two rooms in the memory. One is for what has arrived of them, which may take
 * its time; who finds it full is answered with 503. The other is for those that are worked on,
 * which takes many times of their text, for some milliseconds; who finds it full waits, in the
 * order of coming.
 */
final class BodyRoom {
  /** Smaller ones don't count: nobody is to wait for slow senders of those. */
  static final int LARGE = 1024;

  /** The part of the heap for what has arrived. */
  private static final int ARRIVING = 16;

  /** The part for what is worked on: as values, small numbers take twenty times of their text. */
  private static final int AT_WORK = 128;

  private static final int KIB = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Duration patience;
  private final Semaphore arriving;
  private final int all;

  /** In the order of their coming, or large ones would wait for ever. */
  private final Semaphore atWork;

  BodyRoom() {
    this(Runtime.getRuntime().maxMemory());
  }

  private BodyRoom(long memory) {
    this(memory / ARRIVING, memory / AT_WORK, PATIENCE);
  }

  /**
   * @param arriving how much of large bodies may be there at a time, in octets
   * @param atWork how much of them may be worked on
   * @param patience how long who finds no room to be worked on waits for it
   */
  BodyRoom(long arriving, long atWork, Duration patience) {
    this.patience = patience;
    this.arriving = new Semaphore(kibibytes(arriving));
    this.all = kibibytes(atWork);
    this.atWork = new Semaphore(all, true);
  }

  /** For one body, until it is closed. */
  Place place() {
    return new Place();
  }

  private static int kibibytes(long bytes) {
    return (int) Math.min((bytes + KIB - 1) / KIB, Integer.MAX_VALUE);
  }

  /** What one body has of the room. */
  final class Place implements AutoCloseable {
    private int arrived;
    private int worked;

    private Place() {}

    /** So many octets of it have arrived by now; with 503 when there is no room for them. */
    void arrived(int octets) {
      var more = octets <= LARGE ? 0 : kibibytes(octets) - arrived;
      if (!arriving.tryAcquire(more)) {
        throw ProblemHandlers.unavailable().raised();
      }
      arrived += more;
    }

    /** It has arrived: waits until it may be worked on, and with 503 if that takes too long. */
    void work() {
      var needed = Math.min(arrived, all);
      if (!isHad(needed)) {
        throw ProblemHandlers.unavailable().raised();
      }
      worked = needed;
    }

    private boolean isHad(int kibibytes) {
      try {
        return kibibytes == 0
            || atWork.tryAcquire(kibibytes, patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      arriving.release(arrived);
      atWork.release(worked);
    }
  }
}
