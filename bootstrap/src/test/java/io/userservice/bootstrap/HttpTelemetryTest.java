package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.LoggedLines;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpTelemetryTest {
  private static final String NAME = "http_server_request_duration_seconds";
  private static final int MILLISECOND = 1_000_000;

  @Test
  void a_duration_counts_from_the_first_bucket_on_that_it_fits_into() {
    assertThat(afterARequestOf(7 * MILLISECOND))
        .contains(bucket("0.005", 0), bucket("0.01", 1), bucket("10.0", 1), bucket("+Inf", 1))
        .contains(NAME + "_count{method=\"GET\",route=\"/users\",status=\"200\"} 1");
  }

  @Test
  void a_route_and_status_has_twenty_series_at_most() {
    assertThat(afterARequestOf(7 * MILLISECOND)).hasSizeBetween(10, 20);
  }

  @Test
  void why_requests_cannot_be_answered_is_counted_and_told_once_in_a_while() {
    var registry = Meters.registry();
    var telemetry = new HttpTelemetry(registry);
    try (var logged = new LoggedLines(HttpTelemetry.LOGGER)) {
      telemetry.unavailable(Reason.KEYS, "no keys yet");
      telemetry.unavailable(Reason.KEYS, "no keys yet");
      telemetry.unavailable(Reason.DATABASE, "refused");

      assertThat(logged.texts())
          .satisfiesExactly(
              line -> assertThat(line).contains("503", "reason=\"keys\"", "no keys yet"),
              line -> assertThat(line).contains("503", "reason=\"database\"", "refused"));
    }
    assertThat(registry.scrape().lines())
        .contains(
            "http_unavailable_total{reason=\"busy\"} 0.0",
            "http_unavailable_total{reason=\"database\"} 1.0",
            "http_unavailable_total{reason=\"keys\"} 2.0");
  }

  private static String bucket(String bound, int count) {
    return NAME
        + "_bucket{method=\"GET\",route=\"/users\",status=\"200\",le=\"%s\"} %d"
            .formatted(bound, count);
  }

  private static List<String> afterARequestOf(long nanos) {
    var registry = Meters.registry();
    new HttpTelemetry(registry).answered("GET", "/users", 200, nanos);
    return registry.scrape().lines().filter(line -> line.startsWith(NAME)).toList();
  }
}
