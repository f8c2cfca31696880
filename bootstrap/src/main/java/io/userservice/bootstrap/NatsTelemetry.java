package io.userservice.bootstrap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.Closed;
import io.userservice.adapter.nats.NatsMessaging.Connected;
import io.userservice.adapter.nats.NatsMessaging.Disconnected;
import io.userservice.adapter.nats.NatsMessaging.Fact;
import io.userservice.adapter.nats.NatsMessaging.StreamDiffers;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.NatsMessaging.StreamMissing;
import io.userservice.adapter.nats.NatsMessaging.StreamReady;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts about NATS as log lines and meters. */
final class NatsTelemetry {
  static final String LOGGER = "io.userservice.nats";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  // One for each: a line of the one is not to hold back what the other would tell.
  private final Throttle connectionLines = new Throttle(INTERVAL);
  private final Throttle streamLines = new Throttle(INTERVAL);

  void on(Fact fact) {
    switch (fact) {
      case Connected(var server) ->
          log.atInfo().addKeyValue("server", server).log("Connected to NATS");
      case Disconnected(var reason) ->
          connectionLines.run(
              suppressed ->
                  log.atWarn()
                      .addKeyValue("error", reason)
                      .addKeyValue("suppressed", suppressed)
                      .log("NATS is away; events wait in the outbox until it is back"));
      case Closed() -> log.info("The connection to NATS is closed");
      case StreamReady(var created) -> {
        connectionLines.reset();
        streamLines.reset();
        log.atInfo().addKeyValue("created", created).log("The stream takes events");
      }
      case StreamMissing(var reason) ->
          streamLines.run(
              suppressed ->
                  log.atError()
                      .addKeyValue("error", reason)
                      .addKeyValue("suppressed", suppressed)
                      .log("There is no stream to publish to"));
      case StreamDiffers(var drift) when !drift.isEmpty() ->
          log.atWarn()
              .addKeyValue("differences", drift)
              .log("The stream isn't as it would have been created; it is left as it is");
      case StreamDiffers _ -> log.info("The stream is as it would have been created");
      case NatsMessaging.CommittedElsewhere _ -> {
        // a wake-up, too frequent for a line
      }
    }
  }

  static void bindTo(MeterRegistry registry, NatsMessaging nats) {
    Gauge.builder("nats.connection.up", () -> isConnected(nats) ? 1 : 0)
        .description("1 while there is a connection to NATS")
        .register(registry);
    Gauge.builder("stream.config.drift", () -> differences(nats))
        .description("In how many settings the stream differs from what would have been created")
        .register(registry);
  }

  static boolean isConnected(NatsMessaging nats) {
    return switch (nats.connection()) {
      case Connected _ -> true;
      case Disconnected _ -> false;
    };
  }

  /** While there is no stream to look at, nobody knows: an alarm is not to end by that. */
  private static double differences(NatsMessaging nats) {
    return switch (nats.stream()) {
      case StreamFound(var drift) -> drift.size();
      case StreamMissing _ -> Double.NaN;
    };
  }
}
