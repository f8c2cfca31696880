package io.userservice.application.example;

import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.UserStoreContract;

/** All there is to do to prove an adapter. */
final class H2UserStoreTest extends UserStoreContract {
  @Override
  protected PersistenceFixture fixture() {
    return new H2Fixture();
  }
}
