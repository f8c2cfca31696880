package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Large bodies have two rooms in the memory. One is for what has arrived of them, which may take
 * its time; who finds it full is answered with 503. The other is for those that are worked on,
 * which takes many times of their text, until they are answered; who finds it full waits, in the
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

  private final Semaphore arriving;
  private final WaitingRoom atWork;

  /** Of the latter, in KiB: one that is larger has it all. */
  private final int all;

  BodyRoom() {
    this(Runtime.getRuntime().maxMemory());
  }

  private BodyRoom(long memory) {
    this(memory / ARRIVING, memory / AT_WORK, WaitingRoom.PATIENCE);
  }

  /**
   * @param arriving how much of large bodies may be there at a time, in octets
   * @param atWork how much of them may be worked on
   * @param patience how long who finds no room to be worked on waits for it
   */
  BodyRoom(long arriving, long atWork, Duration patience) {
    this.arriving = new Semaphore(kibibytes(arriving));
    this.all = kibibytes(atWork);
    this.atWork = new WaitingRoom(all, patience);
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
        throw new Unavailable(Reason.BUSY, "no room for more large bodies");
      }
      arrived += more;
    }

    /** Whether it counts by its own size. */
    boolean isLarge() {
      return arrived > 0;
    }

    /** It has arrived: waits until it may be worked on, and with 503 if that takes too long. */
    void work() {
      workWith(0);
    }

    /**
     * The same when it is worked on together with what is stored. Who is at work already goes on:
     * to wait for more would be to wait for each other.
     *
     * @param stored how many octets that may be
     */
    void workWith(int stored) {
      var needed = Math.min(Math.max(arrived, kibibytes(stored)), all);
      if (needed > 0 && worked == 0) { // none: not even behind large ones is it to wait
        atWork.enter(needed);
        worked = needed;
      }
    }

    @Override
    public void close() {
      arriving.release(arrived);
      atWork.leave(worked);
    }
  }
}
