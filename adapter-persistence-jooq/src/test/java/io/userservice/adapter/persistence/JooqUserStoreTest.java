package io.userservice.adapter.persistence;

import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.UserStoreContract;

final class JooqUserStoreTest extends UserStoreContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }
}
