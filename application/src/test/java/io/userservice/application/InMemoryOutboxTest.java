package io.userservice.application;

import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.OutboxContract;
import io.userservice.application.testkit.PersistenceFixture;

final class InMemoryOutboxTest extends OutboxContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
