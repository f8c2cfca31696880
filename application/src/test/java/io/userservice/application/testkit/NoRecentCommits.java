package io.userservice.application.testkit;

import io.userservice.application.driven.RecentCommits;
import java.util.List;

/** Remembers nothing, and says so: enough for a store that would rather be asked. */
public final class NoRecentCommits implements RecentCommits {
  @Override
  public Taken take(int limit) {
    return new Taken(List.of(), false);
  }

  @Override
  public void restart() {}

  @Override
  public void doubt() {}
}
