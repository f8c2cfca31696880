package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as clients read them. */
final class JsonOutTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-25T13:45:23.007Z, 2026-11-25T13:45:23.007Z",
    "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999Z",
    "1000-01-01T00:00:00Z, 1000-01-01T00:00:00.000Z",
    "0999-12-31T23:59:59.999Z, 0999-12-31T23:59:59.999Z",
    "-0001-12-31T00:00:00Z, -0001-12-31T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00.000Z"
  })
  void a_time_has_milliseconds_and_ends_with_z(Instant instant, String text) {
    assertThat(JsonOut.instant(instant)).isEqualTo(text);
  }

  @Test
  void a_time_is_written_as_the_platform_writes_it() {
    var platform = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    var random = new SplittableRandom(7);
    for (var i = 0; i < 10_000; i++) {
      var instant =
          Instant.ofEpochMilli(random.nextLong(-62_000_000_000_000L, 253_000_000_000_000L));
      assertThat(JsonOut.instant(instant)).isEqualTo(platform.format(instant));
    }
  }
}
