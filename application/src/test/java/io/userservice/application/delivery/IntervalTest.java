package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class IntervalTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LENGTH = Duration.ofSeconds(10);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final Interval interval = new Interval(now::get, LENGTH);

  @Test
  void what_never_began_is_due() {
    assertThat(interval.isDue()).isTrue();
    assertThat(interval.left()).isZero();
  }

  @Test
  void it_is_due_when_its_time_is_over_and_not_before() {
    interval.begin();
    assertThat(interval.left()).isEqualTo(LENGTH);
    assertThat(interval.isDue()).isFalse();

    now.set(NOW.plusMillis(9_999));
    assertThat(interval.left()).isEqualTo(Duration.ofMillis(1));
    assertThat(interval.isDue()).isFalse();

    now.set(NOW.plus(LENGTH));
    assertThat(interval.isDue()).isTrue();
  }

  @Test
  void a_clock_that_was_set_back_makes_it_due() {
    interval.begin();

    now.set(NOW.minusMillis(1));

    assertThat(interval.isDue()).isTrue();
    assertThat(interval.left()).isZero();
  }
}
