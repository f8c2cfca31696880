package io.userservice.adapter.persistence;

import io.userservice.application.testkit.OutboxContract;
import io.userservice.application.testkit.PersistenceFixture;

final class JooqOutboxTest extends OutboxContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }
}
