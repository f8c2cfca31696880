package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.LeaseGone;
import io.userservice.application.testkit.InMemoryPersistence;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A lease of nine seconds that is renewed every three. */
final class HeldLeaseTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InMemoryPersistence store =
      new InMemoryPersistence(now::get, Duration.ofSeconds(9));
  private final HeldLease lease =
      new HeldLease(
          store.lease().tryAcquire().orElseThrow(), new Interval(now::get, Duration.ofSeconds(3)));

  @Test
  void it_is_renewed_in_time() {
    for (var second = 0; second < 30; second++) {
      now.set(NOW.plusSeconds(second));
      assertThat(lease.keep()).isTrue();
      assertThat(lease.isHeld()).isTrue();
    }
    assertThat(store.lease().tryAcquire()).as("somebody else").isEmpty();
  }

  @Test
  void it_is_not_renewed_more_often() {
    now.set(NOW.plusMillis(2_999));
    assertThat(lease.untilRenewal()).isEqualTo(Duration.ofMillis(1));
    lease.keep();

    now.set(NOW.plusSeconds(9));
    assertThat(store.lease().tryAcquire()).as("it lasts from its begin").isPresent();
  }

  @Test
  void after_a_renewal_its_time_begins_anew() {
    now.set(NOW.plusSeconds(3));
    lease.keep();
    now.set(NOW.plusMillis(5_999));
    lease.keep();

    now.set(NOW.plusSeconds(3 + 9));
    assertThat(store.lease().tryAcquire()).as("it lasts from its renewal").isPresent();
  }

  @Test
  void one_that_is_over_is_lost_when_another_has_it() {
    now.set(NOW.plusSeconds(9));
    assertThat(lease.isHeld()).isFalse();
    store.lease().tryAcquire().orElseThrow();

    assertThat(lease.keep()).isFalse();
    assertThatThrownBy(lease::demand).isInstanceOf(LeaseGone.class);
  }

  @Test
  void one_that_is_over_and_nobody_elses_is_had_again() {
    now.set(NOW.plusSeconds(9));

    assertThatCode(lease::demand).doesNotThrowAnyException();
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void one_that_was_lost_before_its_renewal_is_noticed() {
    lease.release();
    store.lease().tryAcquire().orElseThrow();

    assertThat(lease.keep()).isFalse();
  }
}
