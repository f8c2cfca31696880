package io.userservice.bootstrap;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 90s}, {@code 30m}, {@code 1h}, {@code 7d}. */
final class ShortDuration {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  private ShortDuration() {}

  static Optional<Duration> parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }
}
