package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.LoggedLines;
import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.Disconnected;
import io.userservice.adapter.nats.NatsMessaging.StreamMissing;
import io.userservice.adapter.nats.NatsMessaging.StreamReady;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NatsTelemetryTest {
  private static final NatsMessaging.Options NOWHERE =
      new NatsMessaging.Options(
          List.of("nats://127.0.0.1:1"),
          Optional.empty(),
          1,
          "/user-service",
          "",
          NatsMessaging.Options.PUBLISH_DEADLINE,
          NatsMessaging.Options.WINDOW);

  private final NatsTelemetry telemetry = new NatsTelemetry();
  private final LoggedLines logged = new LoggedLines(NatsTelemetry.LOGGER);

  @AfterEach
  void stop() {
    logged.close();
  }

  @Test
  void an_outage_has_one_line_in_a_while_however_its_reason_is_worded() {
    telemetry.on(new Disconnected("unable to connect to any of [a, b, c]"));
    telemetry.on(new Disconnected("unable to connect to any of [c, a, b]"));
    telemetry.on(new Disconnected("unable to connect to any of [b, c, a]"));

    assertThat(logged.texts())
        .singleElement()
        .asString()
        .contains("NATS is away", "[a, b, c]", "suppressed=\"0\"");
  }

  @Test
  void a_missing_stream_has_lines_of_its_own() {
    telemetry.on(new Disconnected("refused"));
    telemetry.on(new StreamMissing("too few servers"));
    telemetry.on(new StreamMissing("no answer"));

    assertThat(logged.texts())
        .satisfiesExactly(
            line -> assertThat(line).contains("NATS is away"),
            line -> assertThat(line).contains("no stream", "too few servers"));
  }

  @Test
  void the_next_outage_is_told_at_once() {
    telemetry.on(new Disconnected("refused"));
    telemetry.on(new StreamReady(false));
    telemetry.on(new Disconnected("lost"));

    assertThat(logged.texts()).last().asString().contains("NATS is away", "lost");
  }

  @Test
  void how_the_stream_differs_is_unknown_until_it_was_seen() {
    var registry = Meters.registry();
    try (var nats = new NatsMessaging(NOWHERE, _ -> {})) {
      NatsTelemetry.bindTo(registry, nats);

      assertThat(registry.scrape()).contains("stream_config_drift NaN");
    }
  }
}
