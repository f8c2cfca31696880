package io.userservice.bootstrap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests by method, route template and status, and why some can't be answered: no ids. */
final class HttpTelemetry {
  static final String LOGGER = "io.userservice.http";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final MeterRegistry registry;
  private final ConcurrentMap<Answered, Timer> timers = new ConcurrentHashMap<>();

  private final Map<Reason, Refused> refused = new EnumMap<>(Reason.class);

  private record Answered(String method, String route, int status) {}

  private record Refused(String label, Counter counter, Throttle lines) {}

  HttpTelemetry(MeterRegistry registry) {
    this.registry = registry;
    for (var reason : Reason.values()) {
      refused.put(reason, refused(reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  private Refused refused(String label) {
    var counter =
        Counter.builder("http.unavailable")
            .description("Requests that were answered with 503")
            .tag("reason", label)
            .register(registry);
    return new Refused(label, counter, new Throttle(INTERVAL));
  }

  void unavailable(Reason reason, String why) {
    var those = refused.get(reason);
    those.counter().increment();
    those
        .lines()
        .run(
            suppressed ->
                log.atWarn()
                    .addKeyValue("reason", those.label())
                    .addKeyValue("error", why)
                    .addKeyValue("suppressed", suppressed)
                    .log("Requests are answered with 503"));
  }

  void answered(String method, String route, int status, long nanos) {
    timers
        .computeIfAbsent(new Answered(method, route, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Answered answered) {
    return Timer.builder("http.server.request.duration")
        .description("From the arrival of a request until its answer is ready")
        .tag("method", answered.method())
        .tag("route", answered.route())
        .tag("status", Integer.toString(answered.status()))
        .serviceLevelObjectives(Buckets.ofRequests())
        .register(registry);
  }
}
