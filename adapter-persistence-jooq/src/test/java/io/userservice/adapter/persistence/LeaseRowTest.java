package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RelayLeaseContract;
import org.junit.jupiter.api.Test;

final class LeaseRowTest extends RelayLeaseContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }

  /** The holder died, and the database goes on with another clock. */
  @Test
  void a_lease_that_lasts_longer_than_any_is_given_for_is_over() {
    try (var store = new PostgresFixture()) {
      assertThat(store.lease().tryAcquire()).isPresent();
      PostgresFixture.execute("update relay_lease set expires_at = now() + interval '1 hour'");

      assertThat(store.lease().tryAcquire()).isPresent();
    }
  }
}
