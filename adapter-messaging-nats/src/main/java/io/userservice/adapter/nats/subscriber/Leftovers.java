package io.userservice.adapter.nats.subscriber;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What was delivered to an earlier session and not acknowledged. NATS delivers it again when its
 * time is up, and new messages meanwhile: those must wait, or a user's later event overtakes an
 * earlier one. Kept by {@link Hand}, under its lock.
 */
final class Leftovers {
  private final Set<Long> seen = new HashSet<>();
  private final long count;
  private final long upTo;
  private final long deadline;

  /**
   * @param count how many
   * @param upTo the last place in the stream where one can be
   * @param atMost when all of them have come, or never will: another has acknowledged them since
   */
  Leftovers(long count, long upTo, Duration atMost) {
    this.count = count;
    this.upTo = upTo;
    this.deadline = System.nanoTime() + atMost.toNanos();
  }

  void seen(long streamSequence) {
    if (streamSequence <= upTo && seen.size() < count) {
      seen.add(streamSequence);
    }
  }

  boolean areHere(long now) {
    return seen.size() >= count || nanosLeft(now) <= 0;
  }

  long nanosLeft(long now) {
    return deadline - now;
  }
}
