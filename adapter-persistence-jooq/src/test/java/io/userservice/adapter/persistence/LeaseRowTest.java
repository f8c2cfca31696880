package io.userservice.adapter.persistence;

import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RelayLeaseContract;

final class LeaseRowTest extends RelayLeaseContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }
}
