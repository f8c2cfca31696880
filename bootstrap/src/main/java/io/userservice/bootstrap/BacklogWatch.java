package io.userservice.bootstrap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

/**
 * What waits in the outbox. To count millions of events takes the database a second and more, but
 * probes and scrapes wait for it {@link #PATIENCE} at most and make do with the count before; it is
 * asked at most once a second however often one looks, and a tenth of the time.
 */
final class BacklogWatch {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration FRESH_AT_MOST = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Well below the second that probes are usually given. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final Outbox outbox;
  private final InstantSource clock;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private volatile Answer last = new Answer(Optional.empty(), System.nanoTime(), Duration.ZERO);

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

  /** Nobody waits for another's question. */
  private Optional<Backlog> current() {
    if (!last.isFresh() && isAsked.compareAndSet(false, true)) {
      await(Thread.ofVirtual().name("backlog").start(this::ask));
    }
    return last.backlog();
  }

  private static void await(Thread question) {
    try {
      question.join(PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    var begun = System.nanoTime();
    var backlog = Optional.<Backlog>empty(); // also when it fails as nobody expects
    try {
      backlog = counted();
    } finally {
      var now = System.nanoTime();
      last = new Answer(backlog, now, backlog.isPresent() ? freshAfter(now - begun) : FRESH);
      isAsked.set(false);
    }
  }

  private Optional<Backlog> counted() {
    try {
      return Optional.of(outbox.backlog());
    } catch (StoreUnavailable _) {
      return Optional.empty(); // shown as not a number: neither zero nor an old value is true
    }
  }

  private static Duration freshAfter(long nanos) {
    var nineTimes = Duration.ofNanos(nanos).multipliedBy(9);
    return Collections.max(List.of(FRESH, Collections.min(List.of(nineTimes, FRESH_AT_MOST))));
  }

  private record Answer(Optional<Backlog> backlog, long nanos, Duration fresh) {
    boolean isFresh() {
      return System.nanoTime() - nanos < fresh.toNanos();
    }
  }
}
