package io.userservice.application;

import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RelayLeaseContract;

final class InMemoryRelayLeaseTest extends RelayLeaseContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }
}
