package io.userservice.application;

import io.userservice.application.driven.RecentCommits;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.NoRecentCommits;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RecentCommitsContract;

/** Who remembers nothing keeps the promises too. */
final class NoRecentCommitsTest extends RecentCommitsContract {
  @Override
  protected PersistenceFixture fixture() {
    return new DecoratedPersistence(new InMemoryPersistenceFixture()) {
      @Override
      public RecentCommits recent() {
        return new NoRecentCommits();
      }
    };
  }
}
