package io.userservice.application.driven;

import java.time.Duration;

/**
 * Says that something was committed. For speed only: a signal may come for nothing and may be
 * missed, so whoever waits looks for itself from time to time.
 *
 * <ul>
 *   <li>A commit wakes who waits for it.
 *   <li>A commit is remembered for who waits later.
 *   <li>A signal that comes as a wait ends isn't lost.
 *   <li>A refused commit raises no signal.
 *   <li>Several signals count as one.
 * </ul>
 */
public interface CommitSignal {

  /** Wakes the waiting thread, now or as soon as it waits; never blocks. */
  void raise();

  /**
   * Waits for a signal, at most this long; several signals count as one.
   *
   * @return whether there was one
   */
  boolean await(Duration atMost) throws InterruptedException;
}
