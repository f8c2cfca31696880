package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final Pace pace = new Pace(new Interval(now::get, Duration.ofMillis(20)), 3);

  @Test
  void many_at_once_are_fast() {
    pace.count(2);
    assertThat(pace.isFast()).isFalse();

    now.set(NOW.plusMillis(20));
    pace.count(3);
    assertThat(pace.isFast()).isTrue();
  }

  @Test
  void so_are_many_one_by_one_within_the_window() {
    pace.count(1);
    pace.count(1);
    assertThat(pace.isFast()).isFalse();

    now.set(NOW.plusMillis(19));
    pace.count(1);
    assertThat(pace.isFast()).isTrue();
    pace.count(1);
    assertThat(pace.isFast()).isTrue();
  }

  @Test
  void a_window_later_they_are_not() {
    pace.count(3);

    now.set(NOW.plusMillis(20));
    pace.count(2);
    assertThat(pace.isFast()).isFalse();

    now.set(NOW.plusMillis(40));
    pace.count(2);
    assertThat(pace.isFast()).isFalse();
  }
}
