package io.userservice.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RelayLeaseContract;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
final class InMemoryRelayLeaseTest extends RelayLeaseContract {
  @Override
  protected PersistenceFixture fixture() {
    return new InMemoryPersistenceFixture();
  }

  /** The holder died, and its store goes on with another clock. */
  @Test
  void a_lease_that_lasts_longer_than_any_is_given_for_is_over() {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T01:00:00Z"));
    var persistence = new InMemoryPersistence(now::get, Duration.ofSeconds(9));
    assertThat(persistence.lease().tryAcquire()).isPresent();

    now.set(now.get().minusSeconds(9));
    assertThat(persistence.lease().tryAcquire()).isEmpty();
    now.set(now.get().minusSeconds(1));
    assertThat(persistence.lease().tryAcquire()).isPresent();
  }
}
