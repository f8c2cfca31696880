package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShortDurationTest {

  @Test
  void durations_are_typed_as_a_number_and_a_unit() {
    assertThat(ShortDuration.parse("90s")).contains(Duration.ofSeconds(90));
    assertThat(ShortDuration.parse("30m")).contains(Duration.ofMinutes(30));
    assertThat(ShortDuration.parse("1h")).contains(Duration.ofHours(1));
    assertThat(ShortDuration.parse("7d")).contains(Duration.ofDays(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "h", "0h", "-1h", "1.5h", "1h30m", "1y", "99999999999s"})
  void anything_else_is_refused(String text) {
    assertThat(ShortDuration.parse(text)).isEmpty();
  }
}
