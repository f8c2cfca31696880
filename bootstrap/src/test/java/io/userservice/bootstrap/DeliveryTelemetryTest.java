package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.LoggedLines;
import io.userservice.application.driven.DeliveryObserver.DeliveryFailed;
import io.userservice.application.driven.DeliveryObserver.StoreAway;
import org.junit.jupiter.api.Test;

final class DeliveryTelemetryTest {
  private final DeliveryTelemetry telemetry = new DeliveryTelemetry(Meters.registry());

  @Test
  void an_unexpected_failure_that_lasts_has_one_line_in_a_while_and_one_of_its_own() {
    try (var logged = new LoggedLines(DeliveryTelemetry.LOGGER)) {
      telemetry.on(new StoreAway("refused"));
      telemetry.on(new DeliveryFailed(new IllegalStateException("a bug")));
      telemetry.on(new DeliveryFailed(new IllegalStateException("a bug")));

      assertThat(logged.texts())
          .satisfiesExactly(
              line -> assertThat(line).contains("can't reach the database"),
              line -> assertThat(line).contains("failed unexpectedly", "suppressed=\"0\""));
    }
  }
}
