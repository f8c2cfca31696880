package io.userservice.application;

import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.UserStoreContract;

final class InMemoryUserStoreTest extends UserStoreContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
