package io.userservice.bootstrap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;

/**
 * What waits in the outbox, asked of the database at most once a second however often one looks.
 */
final class BacklogWatch {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Outbox outbox;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Answer last = new Answer(Optional.empty(), System.nanoTime() - FRESH_NANOS);

  BacklogWatch(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  void bindTo(MeterRegistry registry) {
    gauge(registry, "outbox.pending.events", Backlog::pending, "Events still to be published");
    gauge(
        registry,
        "outbox.oldest.pending.age.seconds",
        backlog -> seconds(age(backlog)),
        "How long the oldest of them has been waiting");
    gauge(
        registry,
        "outbox.quarantined.events",
        Backlog::quarantined,
        "Events that the stream refused and an operator is to decide on");
  }

  private void gauge(
      MeterRegistry registry, String name, ToDoubleFunction<Backlog> value, String description) {
    Gauge.builder(name, () -> current().map(value::applyAsDouble).orElse(Double.NaN))
        .description(description)
        .register(registry);
  }

  /** That something waits for long, and maybe for what; empty when not, or when unknown. */
  Optional<String> delay() {
    return current().filter(backlog -> age(backlog).compareTo(LONG) > 0).map(this::told);
  }

  private String told(Backlog backlog) {
    return "the oldest event waits for %d s".formatted(age(backlog).toSeconds())
        + toldOfQuarantined(backlog.quarantined());
  }

  /** What waits behind them counts as pending, and does so until an operator decides. */
  private static String toldOfQuarantined(long events) {
    if (events == 0) {
      return "";
    }
    return events == 1
        ? "; 1 event is quarantined, and later ones of its user wait for it"
        : "; %d events are quarantined, and later ones of their users wait for them"
            .formatted(events);
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

  /** Nobody waits for another's question: meanwhile the answer before that one is good enough. */
  private Optional<Backlog> current() {
    if (!last.isFresh() && asking.tryLock()) {
      try {
        last = new Answer(ask(), System.nanoTime());
      } finally {
        asking.unlock();
      }
    }
    return last.backlog();
  }

  private Optional<Backlog> ask() {
    try {
      return Optional.of(outbox.backlog());
    } catch (StoreUnavailable _) {
      return Optional.empty(); // shown as not a number: neither zero nor an old value is true
    }
  }

  private record Answer(Optional<Backlog> backlog, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH_NANOS;
    }
  }
}
