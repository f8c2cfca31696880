package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.awaitility.Awaitility.await;

import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.ActiveUser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Relays of a service in memory, one or some, and what they have to deliver. */
final class Relays implements AutoCloseable {
  private final Hexagon hexagon;
  private final List<RelayLoop> running = new ArrayList<>();

  Relays(Hexagon hexagon) {
    this.hexagon = hexagon;
  }

  RelayLoop start() {
    return start(hexagon.application.relay(Hexagon.QUICK));
  }

  RelayLoop start(RelayLoop relay) {
    running.add(relay);
    relay.start();
    return relay;
  }

  /** In place of those that run, one with a way of its own to the stream. */
  RelayLoop startInstead(EventPublisher way) {
    close();
    return start(hexagon.instance(InstantSource.system(), way).relay(Hexagon.QUICK));
  }

  /** Hardly ever looks at the stream without a reason, and waits so long after failures. */
  static RelayLoop.Options rarelyLooking(Duration retryAfter, Duration retryAtMost) {
    return new RelayLoop.Options(
        100,
        Duration.ofMillis(20),
        Duration.ofHours(1),
        Duration.ofMillis(20),
        Duration.ofSeconds(10),
        Duration.ofMillis(20),
        Duration.ofMillis(1),
        50,
        Duration.ZERO,
        retryAfter,
        retryAtMost,
        Duration.ofMillis(200));
  }

  /** The same, always waiting so long after a failure. */
  static RelayLoop.Options rarelyLooking(Duration retry) {
    return rarelyLooking(retry, retry);
  }

  /** So many events of a few users, delivered when a relay is at work. */
  List<RecordedEvent> lives(int count) {
    var events = new ArrayList<RecordedEvent>();
    var users = new ArrayList<ActiveUser>();
    for (var i = 0; i < count; i++) {
      if (i < 5) {
        users.add(user(ACME, "life" + i + "@example.org"));
      } else {
        users.set(
            i % 5, changed(users.get(i % 5), profile("life" + i % 5 + "@example.org", "N" + i)));
      }
      events.add(hexagon.committed(users.get(i % 5)));
    }
    if (!running.isEmpty()) {
      awaitUnlessUnheard();
    }
    return events;
  }

  private void awaitUnlessUnheard() {
    await()
        .until(
            () ->
                hexagon.persistence.outbox().next(1).isEmpty()
                    || !hexagon.observer.facts(Postponed.class).isEmpty());
  }

  @Override
  public void close() {
    running.forEach(RelayLoop::close);
    running.clear();
  }
}
