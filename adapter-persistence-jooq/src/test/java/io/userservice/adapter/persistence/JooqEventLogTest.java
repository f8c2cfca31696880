package io.userservice.adapter.persistence;

import io.userservice.application.testkit.EventLogContract;
import io.userservice.application.testkit.PersistenceFixture;

final class JooqEventLogTest extends EventLogContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }
}
