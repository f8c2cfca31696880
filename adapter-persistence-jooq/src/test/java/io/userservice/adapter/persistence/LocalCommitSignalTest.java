package io.userservice.adapter.persistence;

import io.userservice.application.testkit.CommitSignalContract;
import io.userservice.application.testkit.PersistenceFixture;

final class LocalCommitSignalTest extends CommitSignalContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }
}
