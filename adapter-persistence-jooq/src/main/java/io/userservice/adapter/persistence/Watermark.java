package io.userservice.adapter.persistence;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The sequence number below which nothing can be pending: where the search for the next events
 * begins. While somebody's long transaction keeps the rows of delivered events from being cleaned
 * up, a search from the very beginning would pass over every one of them, each time anew.
 *
 * <p>Numbers are drawn in order, by transactions that commit in any order. Those up to the last one
 * of a batch were drawn by transactions that had begun when the batch was read, for each gets its
 * id, by writing the user, before it draws. Once all of these have ended, no number below can
 * appear any more, unless it is put back. Whoever puts events back, or can't know that nobody did,
 * calls {@link #reset()}.
 *
 * <p>Another server that took over without the last commits draws numbers anew, and perhaps nobody
 * noticed. So once a minute the search is from the very beginning, and what it finds below resets.
 *
 * <p>While one of these goes on for long, it is asked whether any of those that do has written
 * events at all: a number is drawn by who has the log locked for writing, until its end.
 */
final class Watermark {
  private static final long A_MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier stopwatch;
  private long searchedAll;
  private int epoch;
  private long value;
  private long next;
  private long begunBefore;
  private boolean isHeldUp;

  Watermark() {
    this(System::nanoTime);
  }

  /**
   * @param stopwatch in nanoseconds
   */
  Watermark(LongSupplier stopwatch) {
    this.stopwatch = stopwatch;
    this.searchedAll = stopwatch.getAsLong();
  }

  /**
   * A search.
   *
   * @param begunBefore the first transaction that had not begun when the last batch was read
   * @param isHeldUp whether at the last search one went on that the one before had seen
   */
  record Search(long from, int epoch, long begunBefore, boolean isHeldUp) {}

  /**
   * What a search found.
   *
   * @param first the least sequence number in the outbox, pending or set aside
   * @param last the greatest one of the batch
   * @param oldestRunning the oldest transaction that had not ended
   * @param nextTransaction the first one that had not begun
   */
  record Found(long first, long last, long oldestRunning, long nextTransaction) {}

  Search search() {
    return search(stopwatch.getAsLong());
  }

  private synchronized Search search(long now) {
    if (now - searchedAll < A_MINUTE) {
      return new Search(value, epoch, begunBefore, isHeldUp);
    }
    searchedAll = now;
    return new Search(0, epoch, begunBefore, isHeldUp);
  }

  /**
   * @param writersEnded whether those that have written events, of all that had begun before the
   *     transaction that the search names, are known to have ended before it
   */
  synchronized void found(Search search, Found found, boolean writersEnded) {
    if (search.epoch() != epoch) {
      return;
    }
    if (found.first() < value) {
      reset();
      return;
    }
    isHeldUp = found.oldestRunning() < begunBefore;
    if (writersEnded || !isHeldUp) {
      epoch++;
      value = Math.max(value, Math.min(next, found.first()));
      next = found.last() + 1;
      begunBefore = found.nextTransaction();
    }
  }

  synchronized void reset() {
    epoch++;
    value = 0;
    next = 0;
    begunBefore = 0;
    isHeldUp = false;
  }
}
