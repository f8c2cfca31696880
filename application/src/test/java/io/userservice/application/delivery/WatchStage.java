package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;

import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.RecordingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A stream, a store, and a watch that looks every ten seconds by a lease of nine. What it asks for
 * is remembered, and what happens meanwhile can be chosen.
 */
final class WatchStage {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  final InMemoryPersistence store = new InMemoryPersistence(now::get, Duration.ofSeconds(9));
  final InMemoryStream stream = new InMemoryStream();
  final RecordingObserver observer = new RecordingObserver();
  final List<Long> asked = new ArrayList<>();
  final AtomicReference<Consumer<List<Outcome>>> afterSending = new AtomicReference<>(_ -> {});
  final AtomicReference<Runnable> whileLooking = new AtomicReference<>(() -> {});
  final AtomicReference<Runnable> whileFinding = new AtomicReference<>(() -> {});
  final HeldLease lease =
      new HeldLease(
          store.lease().tryAcquire().orElseThrow(),
          new Interval(now::get, Duration.ofSeconds(3)),
          new Interval(now::get, Duration.ofSeconds(30)));
  final PendingEvents events =
      new PendingEvents(
          new Found(), observer, new Interval(now::get, Duration.ofMillis(20)), 100, Runnable::run);
  final Intake intake =
      new Intake(events, store.recent(), new Interval(now::get, Duration.ofHours(1)));
  final StreamWatch watch =
      new StreamWatch(
          new Asked(),
          store.ledger(),
          events,
          intake,
          observer,
          now::get,
          new Interval(now::get, Duration.ofSeconds(10)));

  private int failures;
  private int looks;
  private int mostAtOnce;
  private int users;

  WatchStage() {
    events.begin(lease);
  }

  /** What the watch gives to publish by, after a look at the stream if it is time for one. */
  Session session() {
    return watch.session(lease);
  }

  /** So many times the stream's messages aren't to be had. */
  void failsAtFirst(int times) {
    failures = times;
  }

  /** How often the stream was looked at. */
  int looks() {
    return looks;
  }

  /** The most events that the outbox was asked for at once. */
  int mostAtOnce() {
    return mostAtOnce;
  }

  /** Remembers how many events were asked for at once. */
  private final class Found extends DecoratedOutbox {
    Found() {
      super(store.outbox());
    }

    @Override
    public List<Pending> find(Collection<EventId> ids) {
      mostAtOnce = Math.max(mostAtOnce, ids.size());
      return inner.find(ids);
    }
  }

  /** Remembers how often the stream was looked at, and from where its messages were asked for. */
  private final class Asked extends WatchedPublisher {
    Asked() {
      super(stream, afterSending);
    }

    @Override
    protected StreamState look(Session behind) {
      looks++;
      var state = behind.look();
      whileLooking.get().run();
      return state;
    }

    @Override
    protected List<Stored> stored(Session behind, long from, int limit) {
      asked.add(from);
      if (asked.size() <= failures) {
        throw new StreamUnavailable("cut off");
      }
      whileFinding.get().run();
      return behind.stored(from, limit);
    }
  }

  void anotherTakesTheLease() {
    now.set(NOW.plusSeconds(9));
    store.lease().tryAcquire().orElseThrow();
  }

  /** So many events that the stream has acknowledged. */
  List<RecordedEvent> delivered(int count) {
    store.ledger().observe(lease.token(), stream.session().look());
    var events = committed(count);
    send(events);
    var deliveries = new ArrayList<Delivery>();
    for (var pending : store.outbox().next(count)) {
      deliveries.add(new Delivery(pending, deliveries.size() + 1L));
    }
    store.outbox().delivered(lease.token(), deliveries);
    return events;
  }

  List<RecordedEvent> committed(int count) {
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < count; i++) {
      var commit = commit(user(ACME, "u" + users++ + "@example.org"));
      store.users().commit(commit);
      events.add(commit.event());
    }
    return events;
  }

  static List<RecordedEvent> committedElsewhere(int count) {
    return Stream.generate(() -> commit(user(ACME, "else@example.org")).event())
        .limit(count)
        .toList();
  }

  void send(List<RecordedEvent> events) {
    stream.session().publish(events.stream().map(Publication::of).toList());
  }

  /** Commits so many and hands them to the stream. */
  List<Outcome> append(Session session, int count) {
    return watch.append(session, committed(count).stream().map(Publication::of).toList(), lease);
  }
}
