package io.userservice.bootstrap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** Durations of requests by method, route template and status: bounded labels, no ids. */
final class HttpTelemetry {
  private final MeterRegistry registry;
  private final ConcurrentMap<Answered, Timer> timers = new ConcurrentHashMap<>();

  private record Answered(String method, String route, int status) {}

  HttpTelemetry(MeterRegistry registry) {
    this.registry = registry;
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
