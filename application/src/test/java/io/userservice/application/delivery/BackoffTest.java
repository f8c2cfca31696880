package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration AT_MOST = Duration.ofMillis(100);
  private static final double LEAST = 0;
  private static final double MOST = Math.nextDown(1.0);

  private static Backoff backoff(DoubleSupplier chance) {
    return new Backoff(FIRST, AT_MOST, chance);
  }

  private static List<Duration> waits(Backoff backoff, int count) {
    return Stream.generate(backoff::next).limit(count).toList();
  }

  private static List<Duration> millis(long... millis) {
    return Arrays.stream(millis).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  void waits_double_up_to_a_limit() {
    assertThat(waits(backoff(() -> LEAST), 6)).isEqualTo(millis(20, 40, 80, 100, 100, 100));
  }

  @Test
  void chance_cuts_a_wait_short_by_half_at_most() {
    assertThat(waits(backoff(() -> 0.5), 4)).isEqualTo(millis(15, 30, 60, 75));
    assertThat(waits(backoff(() -> MOST), 4))
        .zipSatisfy(
            millis(10, 20, 40, 50), (wait, half) -> assertThat(wait).isGreaterThanOrEqualTo(half));
  }

  @Test
  void two_that_fail_together_dont_try_together() {
    var one = waits(backoff(new SplittableRandom(1)::nextDouble), 20);
    var other = waits(backoff(new SplittableRandom(2)::nextDouble), 20);

    assertThat(one).doesNotContainAnyElementsOf(other).doesNotHaveDuplicates();
    assertThat(one).allMatch(wait -> wait.compareTo(AT_MOST) <= 0);
  }

  @Test
  void after_a_success_waits_are_short_again() {
    var backoff = backoff(() -> LEAST);
    waits(backoff, 5);

    backoff.reset();

    assertThat(waits(backoff, 2)).isEqualTo(millis(20, 40));
  }

  @Test
  void a_limit_holds_however_often_it_fails() {
    assertThat(waits(backoff(() -> LEAST), 100).getLast()).isEqualTo(AT_MOST);
  }
}
