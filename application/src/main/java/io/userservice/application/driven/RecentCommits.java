package io.userservice.application.driven;

import io.userservice.application.driven.Outbox.Pending;
import java.util.List;

/**
 * What this instance has just committed, so that it needn't be asked for once more. For speed only:
 * the {@link Outbox} is the truth.
 *
 * <ul>
 *   <li>What is committed is given as the outbox has it, or said to be missing.
 *   <li>Each is given once.
 *   <li>What is said to be its user's first pending event has none before it.
 *   <li>After a restart only what begins then is given.
 *   <li>A refused commit gives nothing.
 *   <li>Who is told of doubt says that something is missing.
 * </ul>
 *
 * Never blocks; {@link #take} and {@link #restart} are for the one that delivers.
 */
public interface RecentCommits {

  /** Up to {@code limit} events; they are forgotten here. */
  Taken take(int limit);

  /** Forgets all, and whatever comes of commits that have begun already. */
  void restart();

  /** Others may have committed something. */
  void doubt();

  /**
   * What was committed, as the outbox has it.
   *
   * @param isFirstPending whether no event of its user was pending when it was committed; false
   *     also when that isn't known
   */
  record Recent(Pending pending, boolean isFirstPending) {}

  /**
   * Some commits, in any order.
   *
   * @param complete false when something that was committed since this was last true is missing
   *     here: the outbox has it
   */
  record Taken(List<Recent> commits, boolean complete) {
    public Taken {
      commits = List.copyOf(commits);
    }
  }
}
