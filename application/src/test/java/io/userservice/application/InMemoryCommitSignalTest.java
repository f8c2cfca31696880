package io.userservice.application;

import io.userservice.application.testkit.CommitSignalContract;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;

final class InMemoryCommitSignalTest extends CommitSignalContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
