package io.userservice.adapter.persistence;

import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.StreamLedgerContract;

final class JooqStreamLedgerTest extends StreamLedgerContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }
}
