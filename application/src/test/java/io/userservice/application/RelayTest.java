package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.caller;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.Commit;
import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.DeliveryObserver.DeliveryFailed;
import io.userservice.application.driven.DeliveryObserver.LeaseTaken;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.DeliveryObserver.Quarantined;
import io.userservice.application.driven.DeliveryObserver.StoreAway;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPublisher;
import io.userservice.application.testkit.Users;
import io.userservice.domain.user.ActiveUser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From the outbox to the stream, whatever comes between. */
@Execution(ExecutionMode.CONCURRENT)
final class RelayTest {
  private final Hexagon hexagon = new Hexagon();
  private final RelayLoop relay = hexagon.application.relay(Hexagon.QUICK);

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void what_is_committed_is_published_and_off_the_list() {
    relay.start();

    var event = hexagon.committed(user(ACME, "ana@example.org"));

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).containsExactly(event);
    assertThat(hexagon.observer.facts(Published.class))
        .extracting(Published::event)
        .containsExactly(event);
  }

  @Test
  void each_users_events_are_in_the_order_of_versions() {
    var lives = new ArrayList<ActiveUser>();
    for (var i = 0; i < 7; i++) {
      lives.add(user(ACME, "u" + i + "@example.org"));
    }
    for (var round = 0; round < 40; round++) {
      for (var i = 0; i <= round % lives.size(); i++) {
        var user = lives.get(i);
        hexagon.committed(user);
        lives.set(i, changed(user, profile("u" + i + "@example.org", "N" + round)));
      }
    }

    relay.start();

    hexagon.awaitAllDelivered();
    hexagon.assertOrderPerUser();
    assertThat(hexagon.stream.events()).doesNotHaveDuplicates();
  }

  @Test
  void a_stream_that_is_away_gets_everything_in_order_when_it_is_back() {
    hexagon.stream.away(true);
    relay.start();
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < 250; i++) {
      events.add(hexagon.committed(user(ACME, "u" + i + "@example.org")));
    }
    await().until(() -> hexagon.observer.facts(Postponed.class).size() > 3);
    assertThat(hexagon.persistence.outbox().backlog().pending()).isEqualTo(250);

    hexagon.stream.away(false);
    relay.retryNow();

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).isEqualTo(events);
  }

  @Test
  void waits_grow_while_the_stream_is_away_and_are_short_again_when_it_is_said_to_be_back() {
    hexagon.stream.away(true);
    hexagon.committed(user(ACME, "ana@example.org"));
    try (var patient =
        hexagon.application.relay(
            Relays.rarelyLooking(Duration.ofMillis(1), Duration.ofHours(1)))) {
      patient.start();
      // The sum of ten doubled waits is a second, and so is the eleventh alone.
      await().until(() -> postponements() > 10);

      patient.retryNow();

      // Without a new beginning these would take minutes.
      await().until(() -> postponements() > 18);
    }
  }

  private int postponements() {
    return hexagon.observer.facts(Postponed.class).size();
  }

  @Test
  void what_was_stored_without_a_word_is_found_and_stored_once() {
    hexagon.stream.losesAcknowledgementsAfter(3);
    relay.start();
    var ana = user(ACME, "ana@example.org");
    hexagon.committed(ana);
    for (var i = 0; i < 9; i++) {
      hexagon.committed(user(ACME, "u" + i + "@example.org"));
    }
    hexagon.committed(changed(ana, profile("ana@example.org", "II")));
    await().until(() -> !hexagon.observer.facts(Postponed.class).isEmpty());

    hexagon.stream.acknowledgesAll();
    relay.retryNow();

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).hasSize(11).doesNotHaveDuplicates();
    assertThat(hexagon.observer.facts(Published.class)).anyMatch(Published::duplicate);
    hexagon.assertOrderPerUser();
  }

  @Test
  void a_refused_event_is_set_aside_with_its_users_later_ones_and_others_flow() {
    hexagon.stream.refusesMoreThan(500);
    var ana = user(ACME, "ana@example.org");
    var large = tooLarge(ana);
    hexagon.persistence.users().commit(large);
    hexagon.committed(changed(ana, profile("ana@example.org", "II")));
    var other = hexagon.committed(user(ACME, "bob@example.org"));

    relay.start();

    await().until(() -> !hexagon.observer.facts(Quarantined.class).isEmpty());
    hexagon.awaitNothingPending();
    assertThat(hexagon.stream.events()).containsExactly(other);
    assertThat(hexagon.observer.facts(Quarantined.class))
        .extracting(Quarantined::event)
        .containsExactly(large.event());
    assertThat(hexagon.persistence.outbox().backlog().quarantined()).isEqualTo(1);
  }

  @Test
  void the_feed_shows_what_the_stream_carries_in_its_order() {
    relay.start();
    for (var i = 0; i < 20; i++) {
      hexagon.committed(user(ACME, "u" + i + "@example.org"));
    }
    hexagon.awaitAllDelivered();

    var feed = hexagon.events().changes(caller(ACME), Position.START, 200);

    assertThat(feed.events()).isEqualTo(hexagon.stream.events());
  }

  @Test
  void a_store_that_is_away_is_asked_again() {
    relay.start();
    await().until(() -> !hexagon.observer.facts(LeaseTaken.class).isEmpty());
    hexagon.persistence.available(false);
    await().until(() -> !hexagon.observer.facts(StoreAway.class).isEmpty());

    hexagon.persistence.available(true);
    hexagon.committed(user(ACME, "ana@example.org"));

    hexagon.awaitAllDelivered();
  }

  @Test
  void a_clock_that_is_set_back_holds_nothing_up() {
    var late = new AtomicReference<>(Duration.ZERO);
    try (var other = hexagon.instance(() -> Instant.now().minus(late.get())).relay(Hexagon.QUICK)) {
      other.start();
      hexagon.committed(user(ACME, "a@example.org"));
      hexagon.awaitAllDelivered();

      late.set(Duration.ofHours(1));
      hexagon.committed(user(ACME, "b@example.org"));

      hexagon.awaitAllDelivered();
      assertThat(hexagon.stream.events()).hasSize(2);
    }
  }

  /** Who stands by asks for the lease all the time, and had it if it ended. */
  @Test
  void answers_that_take_longer_than_the_lease_lasts_cost_no_lease() {
    try (var one = slowlyAnswered();
        var other = slowlyAnswered()) {
      one.start();
      other.start();
      var event = hexagon.committed(user(ACME, "ana@example.org"));

      hexagon.awaitAllDelivered();

      assertThat(hexagon.stream.events()).containsExactly(event);
      assertThat(hexagon.observer.facts(LeaseTaken.class)).as("one at work").hasSize(1);
    }
  }

  private RelayLoop slowlyAnswered() {
    var slow =
        new DecoratedOutbox(hexagon.persistence.outbox()) {
          @Override
          public List<Pending> next(int limit) {
            pause(Duration.ofMillis(500));
            return inner.next(limit);
          }
        };
    return relay(slow, hexagon.persistence.signal());
  }

  private RelayLoop relay(Outbox outbox, CommitSignal signal) {
    return new RelayLoop(
        outbox,
        hexagon.persistence.recent(),
        hexagon.stream,
        hexagon.persistence.ledger(),
        hexagon.persistence.lease(),
        signal,
        hexagon.observer,
        InstantSource.system(),
        () -> 0,
        Relays.rarelyLooking(Duration.ofMillis(1)));
  }

  private static void pause(Duration duration) {
    try {
      new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void who_is_told_that_the_broker_is_back_tries_at_once() {
    hexagon.stream.away(true);
    try (var patient = hexagon.application.relay(Relays.rarelyLooking(Duration.ofHours(1)))) {
      patient.start();
      hexagon.committed(user(ACME, "ana@example.org"));
      await().until(() -> !hexagon.observer.facts(Postponed.class).isEmpty());
      hexagon.stream.away(false);

      patient.retryNow();

      hexagon.awaitAllDelivered();
      assertThat(hexagon.stream.events()).hasSize(1);
    }
  }

  @Test
  void a_bug_is_told_and_delivery_goes_on() {
    var isBroken = new AtomicBoolean(true);
    var bug = new IllegalStateException("a bug");
    var broken =
        new DecoratedPublisher(hexagon.stream) {
          @Override
          protected StreamState look(Session behind) {
            if (isBroken.get()) {
              throw bug;
            }
            return behind.look();
          }
        };
    try (var other = hexagon.instance(InstantSource.system(), broken).relay(Hexagon.QUICK)) {
      other.start();
      hexagon.committed(user(ACME, "ana@example.org"));
      await().until(() -> hexagon.observer.facts(DeliveryFailed.class).size() > 2);
      assertThat(hexagon.observer.facts(DeliveryFailed.class)).contains(new DeliveryFailed(bug));

      isBroken.set(false);

      hexagon.awaitAllDelivered();
    }
  }

  @Test
  void what_is_published_is_told_with_how_long_it_took() {
    var now = Users.START.plusSeconds(90);
    try (var other =
        hexagon.instance(() -> now).relay(Relays.rarelyLooking(Duration.ofMillis(1)))) {
      other.start();
      hexagon.committed(user(ACME, "ana@example.org"));

      await().until(() -> !hexagon.observer.facts(Published.class).isEmpty());
      assertThat(hexagon.observer.facts(Published.class))
          .extracting(Published::delay)
          .containsExactly(Duration.ofSeconds(90));
    }
  }

  @Test
  void what_was_committed_without_a_signal_is_found_by_looking() {
    var deaf =
        new CommitSignal() {
          @Override
          public void raise() {}

          @Override
          public boolean await(Duration atMost) {
            pause(atMost);
            return false;
          }
        };
    try (var other = relay(hexagon.persistence.outbox(), deaf)) {
      other.start();
      await().until(() -> !hexagon.observer.facts(LeaseTaken.class).isEmpty());

      hexagon.committed(user(ACME, "ana@example.org"));

      hexagon.awaitAllDelivered();
    }
  }

  private static Commit tooLarge(ActiveUser user) {
    var commit = commit(user);
    return new Commit(user, large(commit.event(), 600), commit.claim());
  }
}
