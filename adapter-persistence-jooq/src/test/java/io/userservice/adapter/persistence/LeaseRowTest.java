package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RelayLeaseContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

final class LeaseRowTest extends RelayLeaseContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }

  /** Another server may answer the next time, without what the last one knew. */
  @Test
  void a_renewal_that_fails_raises_doubts() {
    var doubts = new AtomicInteger();
    try (var _ = new PostgresFixture()) {
      var pool = new CuttableDataSource(PostgresFixture.dataSource());
      var row =
          new LeaseRow(
              DSL.using(pool, SQLDialect.POSTGRES), Duration.ofSeconds(1), doubts::incrementAndGet);
      var lease = row.tryAcquire().orElseThrow();
      lease.renew();
      assertThat(doubts).hasValue(1);

      pool.cut();

      assertThatThrownBy(lease::renew).isInstanceOf(StoreUnavailable.class);
      assertThat(doubts).hasValue(2);
    }
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
