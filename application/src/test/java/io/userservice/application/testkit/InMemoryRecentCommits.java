package io.userservice.application.testkit;

import io.userservice.application.driven.RecentCommits;
import java.util.ArrayList;
import java.util.List;

/** Recent commits in memory: a commit and its being told are one, so none is under way. */
final class InMemoryRecentCommits implements RecentCommits {
  private static final int MOST = 1_000;

  private final List<Recent> commits = new ArrayList<>();
  private boolean complete = true;

  synchronized void add(Recent commit) {
    if (commits.size() < MOST) {
      commits.add(commit);
    } else {
      complete = false;
    }
  }

  @Override
  public synchronized Taken take(int limit) {
    var first = commits.subList(0, Math.min(limit, commits.size()));
    var taken = new Taken(first, complete);
    first.clear();
    complete = true;
    return taken;
  }

  @Override
  public synchronized void restart() {
    commits.clear();
  }

  @Override
  public synchronized void doubt() {
    complete = false;
  }
}
