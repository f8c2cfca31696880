package io.userservice.application;

import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.OutboxContract;

final class InMemoryOutboxTest extends OutboxContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
