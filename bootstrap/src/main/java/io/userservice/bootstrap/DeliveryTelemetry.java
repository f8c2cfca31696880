package io.userservice.bootstrap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The one place where facts of delivery become log lines and meters. */
final class DeliveryTelemetry implements DeliveryObserver {
  static final String LOGGER = "io.userservice.delivery";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Map<EventType, Counter> published = new EnumMap<>(EventType.class);
  private final Map<Failure, Counter> failures = new EnumMap<>(Failure.class);
  private final Counter repaired;
  private final Timer delay;
  private final Throttle outageLines = new Throttle(INTERVAL);

  /** Not begun anew by what is published: of a batch that fails a part may be. */
  private final Throttle unexpectedLines = new Throttle(INTERVAL);

  /** The values of the label {@code reason}: few, whatever the broker says. */
  private enum Failure {
    UNKNOWN_OUTCOME("unknown_outcome"),
    REFUSED("refused"),
    STORE_UNAVAILABLE("store_unavailable"),
    UNEXPECTED("unexpected");

    private final String label;

    Failure(String label) {
      this.label = label;
    }
  }

  DeliveryTelemetry(MeterRegistry registry) {
    for (var type : EventType.values()) {
      published.put(
          type,
          Counter.builder("outbox.published")
              .description("Events that the stream has acknowledged, or was found to have")
              .tag("type", type.value())
              .register(registry));
    }
    for (var failure : Failure.values()) {
      failures.put(
          failure,
          Counter.builder("outbox.publish.failures")
              .description("Attempts to publish that came to nothing; all are tried again")
              .tag("reason", failure.label)
              .register(registry));
    }
    repaired =
        Counter.builder("outbox.repaired")
            .description("Events that the stream had acknowledged and lost; published again")
            .register(registry);
    delay =
        Timer.builder("outbox.publish.delay")
            .description("From the commit of an event to its acknowledgement by the stream")
            .serviceLevelObjectives(Buckets.ofDeliveries())
            .register(registry);
  }

  @Override
  public void on(DeliveryFact fact) {
    switch (fact) {
      case Published(var event, var sequence, var duplicate, var took) -> {
        published.get(event.type()).increment();
        delay.record(took);
        outageLines.reset();
        line(log.atInfo(), event)
            .addKeyValue("streamSequence", sequence)
            .addKeyValue("duplicate", duplicate)
            .addKeyValue("delayMs", took.toMillis())
            .log("Published {} event", event.type());
      }
      case Postponed(var event, var reason) -> {
        count(Failure.UNKNOWN_OUTCOME);
        outageLines.run(
            suppressed ->
                line(log.atError(), event)
                    .addKeyValue("error", reason)
                    .addKeyValue("suppressed", suppressed)
                    .log("Could not publish {} event, trying again", event.type()));
      }
      case Quarantined(var event, var reason) -> {
        count(Failure.REFUSED);
        line(log.atError(), event)
            .addKeyValue("error", reason)
            .log("The stream refuses {} event, set aside with its user's later ones", event.type());
      }
      case Repaired(var events, var what) -> {
        repaired.increment(events);
        log.atError()
            .addKeyValue("events", events)
            .addKeyValue("error", what)
            .log("The stream had lost events that it had acknowledged; they are published again");
      }
      case StoreAway(var reason) -> {
        count(Failure.STORE_UNAVAILABLE);
        outageLines.run(
            suppressed ->
                log.atError()
                    .addKeyValue("error", reason)
                    .addKeyValue("suppressed", suppressed)
                    .log("The relay can't reach the database, trying again"));
      }
      case DeliveryFailed(var cause) -> {
        count(Failure.UNEXPECTED);
        unexpectedLines.run(
            suppressed ->
                log.atError()
                    .setCause(cause)
                    .addKeyValue("suppressed", suppressed)
                    .log("The relay failed unexpectedly, trying again"));
      }
      case LeaseTaken() -> log.info("This instance publishes events");
      case LeaseLost() -> log.info("Another instance publishes events");
    }
  }

  private void count(Failure failure) {
    failures.get(failure).increment();
  }

  private static LoggingEventBuilder line(LoggingEventBuilder line, RecordedEvent event) {
    return line.addKeyValue("event", event.type())
        .addKeyValue("userId", event.user().id())
        .addKeyValue("tenantId", event.user().tenant())
        .addKeyValue("eventId", event.id())
        .addKeyValue("version", event.version().value());
  }
}
