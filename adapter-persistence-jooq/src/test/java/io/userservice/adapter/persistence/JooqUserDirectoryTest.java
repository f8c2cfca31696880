package io.userservice.adapter.persistence;

import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.UserDirectoryContract;

final class JooqUserDirectoryTest extends UserDirectoryContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }
}
