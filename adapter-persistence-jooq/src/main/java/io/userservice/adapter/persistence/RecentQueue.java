package io.userservice.adapter.persistence;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits;
import java.util.ArrayList;
import java.util.List;

/**
 * What was committed here. A commit begins with {@link #begin} and ends with {@link #committed}, or
 * with {@link #doubt()} when its outcome is unknown.
 */
final class RecentQueue implements RecentCommits {
  /** More than a relay takes at once; an instance without a relay at work keeps no more. */
  private static final int MOST = 2_048;

  private final List<Recent> commits = new ArrayList<>();

  /** Characters of their payloads. */
  private long size;

  private boolean complete;
  private long restarts;

  /** Before the statement is sent: says between which restarts that is. */
  synchronized long begin() {
    return restarts;
  }

  synchronized void committed(long begun, List<Recent> batch) {
    var added = size(batch);
    if (begun == restarts
        && commits.size() + batch.size() <= MOST
        && size + added <= Outbox.LARGE) {
      commits.addAll(batch);
      size += added;
    } else {
      complete = false;
    }
  }

  @Override
  public synchronized Taken take(int limit) {
    var first = commits.subList(0, Math.min(limit, commits.size()));
    var taken = new Taken(first, complete);
    size -= size(first);
    first.clear();
    complete = true;
    return taken;
  }

  private static long size(List<Recent> commits) {
    return Pending.size(commits.stream().map(Recent::pending).toList());
  }

  @Override
  public synchronized void restart() {
    restarts++;
    commits.clear();
    size = 0;
  }

  @Override
  public synchronized void doubt() {
    complete = false;
  }
}
