package io.userservice.bootstrap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What waits in the outbox, asked of the database at most once a second however often one looks.
 */
final class BacklogWatch {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Outbox outbox;
  private final InstantSource clock;
  private Optional<Backlog> last = Optional.empty();
  private long lastNanos = System.nanoTime() - FRESH_NANOS;

  BacklogWatch(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  void bindTo(MeterRegistry registry) {
    gauge(registry, "outbox.pending.events", Backlog::pending);
    gauge(registry, "outbox.oldest.pending.age.seconds", backlog -> seconds(age(backlog)));
    gauge(registry, "outbox.quarantined.events", Backlog::quarantined);
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Backlog> value) {
    Gauge.builder(name, () -> current().map(value::applyAsDouble).orElse(Double.NaN))
        .register(registry);
  }

  /** How long the oldest pending event has been waiting; empty when unknown. */
  Optional<Duration> oldestAge() {
    return current().map(this::age);
  }

  private Duration age(Backlog backlog) {
    return backlog
        .oldest()
        .map(oldest -> Duration.between(oldest, clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private synchronized Optional<Backlog> current() {
    if (System.nanoTime() - lastNanos >= FRESH_NANOS) {
      last = ask();
      lastNanos = System.nanoTime();
    }
    return last;
  }

  private Optional<Backlog> ask() {
    try {
      return Optional.of(outbox.backlog());
    } catch (StoreUnavailable _) {
      return Optional.empty(); // shown as not a number: neither zero nor an old value is true
    }
  }
}
