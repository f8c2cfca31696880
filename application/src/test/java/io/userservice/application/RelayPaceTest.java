package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.FreezingPublisher.Moment;
import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.DeliveryObserver.DeliveryFailed;
import io.userservice.application.driven.DeliveryObserver.LeaseLost;
import io.userservice.application.driven.DeliveryObserver.LeaseTaken;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.StoreAway;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedLease;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPublisher;
import io.userservice.application.testkit.DecoratedRelayLease;
import io.userservice.application.testkit.NoRecentCommits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A relay that waits as it should: not at all when there is work, and long when there is none. */
@Execution(ExecutionMode.CONCURRENT)
final class RelayPaceTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration A_WHILE = Duration.ofMillis(400);

  private final Hexagon hexagon = new Hexagon();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicBoolean another = new AtomicBoolean();
  private final RelayLease leases = hexagon.persistence.lease();
  private RelayLoop relay = relay(LONG, hexagon.stream);

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void who_has_nothing_to_do_waits_for_a_commit_and_keeps_the_lease() {
    relay.start();
    await().until(() -> reads.get() > 0);

    stays(() -> reads.get() <= 2 && hexagon.persistence.lease().tryAcquire().isEmpty());

    committed("ana@example.org");
    awaitDelivered();
  }

  @Test
  void who_waits_is_woken_by_closing() {
    relay.start();
    await().until(() -> reads.get() > 0);

    await().atMost(Duration.ofSeconds(4)).until(this::closed);
  }

  @Test
  void who_stands_by_is_patient_and_woken_by_closing_too() {
    another.set(true);
    relay.start();
    await().until(() -> tries.get() > 0);

    stays(() -> tries.get() == 1);

    await().atMost(Duration.ofSeconds(4)).until(this::closed);
  }

  @Test
  void who_is_interrupted_while_closing_says_so_and_leaves_nobody_behind() {
    var way = new FreezingPublisher(hexagon.stream, Moment.BEFORE_IT_ASKS);
    relay = relay(LONG, way);
    relay.start();
    committed("ana@example.org");
    var frozen = way.awaitFreeze();

    Thread.currentThread().interrupt();
    relay.close();

    assertThat(Thread.interrupted()).isTrue();
    await().until(() -> !frozen.isAlive());
  }

  @Test
  void after_a_failure_of_the_store_it_waits() {
    hexagon.persistence.available(false);
    relay.start();
    await().until(() -> !hexagon.observer.facts(StoreAway.class).isEmpty());

    stays(() -> hexagon.observer.facts(StoreAway.class).size() == 1);

    hexagon.persistence.available(true);
  }

  @Test
  void after_a_failure_of_the_stream_it_waits() {
    hexagon.stream.away(true);
    relay.start();
    committed("ana@example.org");
    await().until(() -> !hexagon.observer.facts(Postponed.class).isEmpty());

    stays(() -> hexagon.observer.facts(Postponed.class).size() == 1);
  }

  @Test
  void after_a_bug_it_waits() {
    relay =
        relay(
            LONG,
            new DecoratedPublisher(hexagon.stream) {
              @Override
              protected StreamState look(Session behind) {
                throw new IllegalStateException("a bug");
              }
            });
    relay.start();
    await().until(() -> !hexagon.observer.facts(DeliveryFailed.class).isEmpty());

    stays(() -> hexagon.observer.facts(DeliveryFailed.class).size() == 1);
  }

  @Test
  void a_success_ends_the_growing_of_waits() {
    relay = relay(Duration.ofMillis(1), hexagon.stream);
    hexagon.stream.away(true);
    relay.start();
    committed("a@example.org");
    await().until(() -> hexagon.observer.facts(Postponed.class).size() > 9);
    hexagon.stream.away(false);
    awaitDelivered();
    var before = hexagon.observer.facts(Postponed.class).size();

    hexagon.stream.away(true);
    committed("b@example.org");

    await()
        .atMost(Duration.ofSeconds(3)) // else there would be a second between two of them
        .until(() -> hexagon.observer.facts(Postponed.class).size() > before + 4);
  }

  @Test
  void some_events_in_a_step_let_others_gather() {
    committed("a@example.org");
    committed("b@example.org");
    relay.start();
    await().until(() -> hexagon.stream.events().size() == 2);

    committed("c@example.org");

    stays(() -> hexagon.stream.events().size() == 2);
  }

  @Test
  void some_that_come_soon_after_each_other_do_too() {
    relay.start();
    committed("a@example.org");
    await().until(() -> hexagon.stream.events().size() == 1);
    committed("b@example.org");
    await().until(() -> hexagon.stream.events().size() == 2);

    committed("c@example.org");

    stays(() -> hexagon.stream.events().size() == 2);
  }

  @Test
  void a_single_event_does_not() {
    committed("a@example.org");
    relay.start();
    awaitDelivered();

    committed("b@example.org");

    await().until(() -> hexagon.stream.events().size() == 2);
  }

  @Test
  void neither_does_a_full_step() {
    committed("a@example.org");
    committed("b@example.org");
    committed("c@example.org");
    relay.start();
    awaitDelivered();

    committed("d@example.org");

    await().until(() -> hexagon.stream.events().size() == 4);
  }

  @Test
  void a_mark_waits_for_no_further_event() {
    relay = relay(LONG, hexagon.stream, hexagon.persistence.recent());
    relay.start();
    await().until(() -> reads.get() > 0);
    committed("a@example.org");

    awaitDelivered();
  }

  @Test
  void who_leaves_marks_what_waits_for_its_mark() {
    relay = relay(LONG, hexagon.stream, hexagon.persistence.recent(), LONG);
    relay.start();
    await().until(() -> reads.get() > 0);
    committed("a@example.org");
    await().until(() -> hexagon.stream.events().size() == 1);

    relay.close();

    assertThat(hexagon.persistence.outbox().next(1)).isEmpty();
  }

  @Test
  void who_gets_the_lease_back_trusts_nothing_that_it_saw() {
    relay.start();
    committed("a@example.org");
    awaitDelivered();
    another.set(true);
    await().until(() -> !hexagon.observer.facts(LeaseLost.class).isEmpty());
    var meanwhile = committed("b@example.org");
    hexagon.stream.session().publish(List.of(Publication.of(meanwhile)));
    hexagon.stream.forgetsDuplicates();
    another.set(false);

    relay.retryNow();

    awaitDelivered();
    assertThat(hexagon.observer.facts(LeaseTaken.class)).hasSize(2);
    assertThat(hexagon.stream.events()).hasSize(2);
  }

  private RelayLoop relay(Duration retry, EventPublisher publisher) {
    return relay(retry, publisher, new NoRecentCommits());
  }

  private RelayLoop relay(Duration retry, EventPublisher publisher, RecentCommits recent) {
    return relay(retry, publisher, recent, Duration.ofMillis(20));
  }

  /** Gathers from two events on, of at most three, and waits for ever where it waits. */
  private RelayLoop relay(
      Duration retry, EventPublisher publisher, RecentCommits recent, Duration settle) {
    return new RelayLoop(
        new DecoratedOutbox(hexagon.persistence.outbox()) {
          @Override
          public List<Pending> next(int limit) {
            reads.incrementAndGet();
            return inner.next(limit);
          }
        },
        recent,
        publisher,
        hexagon.persistence.ledger(),
        new DecoratedRelayLease(leases) {
          @Override
          protected Optional<Lease> decorated(Optional<Lease> granted) {
            tries.incrementAndGet();
            return another.get() ? Optional.empty() : granted.map(Lent::new);
          }
        },
        hexagon.persistence.signal(),
        hexagon.observer,
        InstantSource.system(),
        () -> 0,
        new RelayLoop.Options(
            3,
            LONG,
            LONG,
            Duration.ofMillis(20),
            LONG,
            LONG,
            LONG,
            2,
            settle,
            retry,
            retry.multipliedBy(1_024),
            Duration.ofSeconds(5)));
  }

  /** A lease that is lost when another takes it. */
  private final class Lent extends DecoratedLease {
    Lent(RelayLease.Lease lease) {
      super(lease);
    }

    @Override
    public boolean renew() {
      return !another.get() && inner.renew();
    }

    @Override
    public boolean offer() {
      return !another.get() && inner.offer();
    }

    @Override
    public boolean isHeld() {
      return !another.get() && inner.isHeld();
    }
  }

  private static void stays(Callable<Boolean> state) {
    await().pollInterval(Duration.ofMillis(10)).during(A_WHILE).until(state);
  }

  private boolean closed() {
    relay.close();
    return true;
  }

  private void awaitDelivered() {
    await().until(() -> hexagon.persistence.outbox().next(1).isEmpty());
  }

  private RecordedEvent committed(String email) {
    var commit = commit(user(ACME, email));
    hexagon.persistence.users().commit(commit);
    return commit.event();
  }
}
