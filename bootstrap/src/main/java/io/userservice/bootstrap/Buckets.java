package io.userservice.bootstrap;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Upper bounds of the histograms' buckets: those that OpenTelemetry's semantic conventions advise
 * for HTTP requests, and finer ones before them, for most answers take a millisecond or two. Each
 * is a series for each route and status, so there are few.
 */
final class Buckets {
  private static final List<Duration> UP_TO_TEN_SECONDS =
      LongStream.of(1, 2, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000)
          .mapToObj(Duration::ofMillis)
          .toList();

  private Buckets() {}

  static Duration[] ofRequests() {
    return UP_TO_TEN_SECONDS.toArray(Duration[]::new);
  }

  /** An outage may last for long, and what waited is published after it. */
  static Duration[] ofDeliveries() {
    return Stream.concat(
            UP_TO_TEN_SECONDS.stream(), LongStream.of(30, 60, 600).mapToObj(Duration::ofSeconds))
        .toArray(Duration[]::new);
  }
}
