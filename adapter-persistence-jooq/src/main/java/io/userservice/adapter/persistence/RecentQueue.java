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

  private final List<Pending> events = new ArrayList<>();

  /** Characters of their payloads. */
  private long size;

  private boolean complete;
  private long restarts;

  /** Before the statement is sent: says between which restarts that is. */
  synchronized long begin() {
    return restarts;
  }

  synchronized void committed(long begun, List<Pending> batch) {
    var added = Pending.size(batch);
    if (begun == restarts && events.size() + batch.size() <= MOST && size + added <= Outbox.LARGE) {
      events.addAll(batch);
      size += added;
    } else {
      complete = false;
    }
  }

  @Override
  public synchronized Taken take(int limit) {
    var first = events.subList(0, Math.min(limit, events.size()));
    var taken = new Taken(first, complete);
    size -= Pending.size(first);
    first.clear();
    complete = true;
    return taken;
  }

  @Override
  public synchronized void restart() {
    restarts++;
    events.clear();
    size = 0;
  }

  @Override
  public synchronized void doubt() {
    complete = false;
  }
}
