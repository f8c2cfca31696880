package io.userservice.application;

import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.UserDirectoryContract;

final class InMemoryUserDirectoryTest extends UserDirectoryContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
