package io.userservice.application;

import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.CommitSignalContract;

final class InMemoryCommitSignalTest extends CommitSignalContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
