package io.userservice.application.testkit;

import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits;
import java.util.ArrayList;
import java.util.List;

/** Recent commits in memory: a commit and its being told are one, so none is under way. */
final class InMemoryRecentCommits implements RecentCommits {
  private static final int MOST = 1_000;

  private final List<Pending> events = new ArrayList<>();
  private boolean complete = true;

  synchronized void add(Pending pending) {
    if (events.size() < MOST) {
      events.add(pending);
    } else {
      complete = false;
    }
  }

  @Override
  public synchronized Taken take(int limit) {
    var first = events.subList(0, Math.min(limit, events.size()));
    var taken = new Taken(first, complete);
    first.clear();
    complete = true;
    return taken;
  }

  @Override
  public synchronized void restart() {
    events.clear();
  }

  @Override
  public synchronized void doubt() {
    complete = false;
  }
}
