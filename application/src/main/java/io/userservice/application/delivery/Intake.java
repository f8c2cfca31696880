package io.userservice.application.delivery;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RecentCommits.Recent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the next events come from. What this instance has just committed needn't be asked for: it
 * may go out from memory when it is known to be the next of its user, and not in the stream yet. In
 * every doubt the outbox is asked, which has all of it.
 */
final class Intake {
  private final PendingEvents events;
  private final RecentCommits recent;
  private final Interval poll;
  private final Delivered delivered = new Delivered();
  private boolean isInDoubt = true;

  /**
   * @param poll how often the outbox is asked without any doubt: a word of another instance may be
   *     lost
   */
  Intake(PendingEvents events, RecentCommits recent, Interval poll) {
    this.events = events;
    this.recent = recent;
    this.poll = poll;
  }

  /** Whether the outbox is to be asked though there may be nothing in it. */
  boolean isDue() {
    return poll.isDue();
  }

  Duration untilAsking() {
    return poll.left();
  }

  /** The next events to be published, each user's in order. */
  List<Pending> next(int limit) {
    if (!isInDoubt && !poll.isDue()) {
      var remembered = remembered(limit);
      if (!remembered.isEmpty() || !isInDoubt) {
        return remembered;
      }
    }
    poll.begin();
    var pending = events.next(limit);
    isInDoubt = pending.size() == limit || Pending.size(pending) >= Outbox.LARGE;
    return pending;
  }

  private List<Pending> remembered(int limit) {
    var taken = recent.take(limit);
    isInDoubt = !taken.complete();
    var next = new ArrayList<Pending>();
    var ahead = delivered.ahead();
    for (var commit : inOrder(taken.commits())) {
      switch (ahead.place(commit)) {
        case NEXT -> next.add(commit.pending());
        case PAST -> {} // it came from the outbox, too
        case UNCERTAIN -> isInDoubt = true;
      }
    }
    return next;
  }

  private static List<Recent> inOrder(List<Recent> commits) {
    return commits.stream()
        .sorted(Comparator.comparingLong(commit -> commit.pending().sequence()))
        .toList();
  }

  /** The stream has acknowledged these. */
  void delivered(List<Pending> events) {
    events.stream().sorted(Comparator.comparingLong(Pending::sequence)).forEach(delivered::add);
  }

  /** What was known isn't true any more: others were at work, or the stream forgot something. */
  void forget() {
    delivered.clear();
    recent.restart();
    isInDoubt = true;
  }
}
