package io.userservice.application;

import io.userservice.application.testkit.EventLogContract;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;

final class InMemoryEventLogTest extends EventLogContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
