package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(35));

  @Test
  void waits_double_up_to_the_limit() {
    assertThat(Stream.generate(backoff::next).limit(4).map(Duration::toMillis))
        .containsExactly(10L, 20L, 35L, 35L);
  }

  @Test
  void after_a_success_they_begin_anew() {
    backoff.next();
    backoff.next();

    backoff.reset();

    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void many_failures_are_no_more_than_some() {
    var patient = new Backoff(Duration.ofNanos(1), Duration.ofDays(1));

    assertThat(Stream.generate(patient::next).limit(200))
        .last()
        .isEqualTo(Duration.ofNanos(1 << 20));
  }
}
