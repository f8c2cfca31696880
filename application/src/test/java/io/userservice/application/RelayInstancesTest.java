package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.FreezingPublisher.Moment;
import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.DeliveryObserver.LeaseLost;
import io.userservice.application.driven.DeliveryObserver.LeaseTaken;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Of several relays one is at work, and how it leaves that to another. */
@Execution(ExecutionMode.CONCURRENT)
final class RelayInstancesTest {
  private final Hexagon hexagon = new Hexagon();
  private final RelayLoop relay = hexagon.application.relay(Hexagon.QUICK);

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void another_instance_goes_on_when_the_first_is_closed() {
    relay.start();
    await().until(() -> hexagon.observer.facts(LeaseTaken.class).size() == 1);
    try (var second = hexagon.instance(InstantSource.system()).relay(Hexagon.QUICK)) {
      second.start();
      hexagon.committed(user(ACME, "a@example.org"));
      hexagon.awaitAllDelivered();
      assertThat(hexagon.observer.facts(LeaseTaken.class)).as("one at work").hasSize(1);

      relay.close();
      hexagon.committed(user(ACME, "b@example.org"));

      hexagon.awaitAllDelivered();
      assertThat(hexagon.observer.facts(LeaseTaken.class)).hasSize(2);
      assertThat(hexagon.stream.events()).hasSize(2);
    }
  }

  @Test
  void who_has_lost_the_way_to_the_stream_leaves_it_to_one_who_has_not() {
    var way = new LostWay(hexagon.stream);
    try (var first = hexagon.instance(InstantSource.system(), way).relay(Hexagon.QUICK)) {
      first.start();
      hexagon.committed(user(ACME, "a@example.org"));
      hexagon.awaitAllDelivered();
      relay.start();
      hexagon.committed(user(ACME, "b@example.org"));
      hexagon.awaitAllDelivered();
      assertThat(hexagon.observer.facts(LeaseTaken.class)).as("one at work").hasSize(1);

      way.lost(true);
      hexagon.committed(user(ACME, "c@example.org"));

      hexagon.awaitAllDelivered();
      await().until(() -> !hexagon.observer.facts(LeaseLost.class).isEmpty());
      assertThat(hexagon.observer.facts(LeaseTaken.class)).hasSize(2);
      way.lost(false);
      hexagon.committed(user(ACME, "d@example.org"));
      hexagon.awaitAllDelivered();
      assertThat(hexagon.observer.facts(LeaseTaken.class)).as("stays where it is").hasSize(2);
      assertThat(hexagon.stream.events()).hasSize(4);
    }
  }

  @Test
  void a_stream_that_is_away_for_all_moves_no_lease() {
    try (var second = hexagon.instance(InstantSource.system()).relay(Hexagon.QUICK)) {
      relay.start();
      second.start();
      hexagon.committed(user(ACME, "a@example.org"));
      hexagon.awaitAllDelivered();

      hexagon.stream.away(true);
      hexagon.committed(user(ACME, "b@example.org"));
      await().until(() -> hexagon.observer.facts(Postponed.class).size() > 50);

      assertThat(hexagon.observer.facts(LeaseTaken.class)).hasSize(1);
    }
  }

  @Test
  void closing_delivers_what_is_left() {
    for (var i = 0; i < 500; i++) {
      hexagon.committed(user(ACME, "u" + i + "@example.org"));
    }
    relay.start();

    await().until(() -> !hexagon.observer.facts(LeaseTaken.class).isEmpty());
    relay.close();

    assertThat(hexagon.stream.events()).hasSize(500);
    assertThat(hexagon.persistence.lease().tryAcquire()).as("the lease is given back").isPresent();
  }

  @Test
  void closing_what_never_started_does_nothing() {
    hexagon.committed(user(ACME, "ana@example.org"));

    relay.close();

    assertThat(hexagon.stream.events()).isEmpty();
    assertThat(hexagon.observer.facts()).isEmpty();
  }

  @Test
  void closing_while_the_stream_is_away_gives_the_lease_back() {
    hexagon.stream.away(true);
    relay.start();
    hexagon.committed(user(ACME, "ana@example.org"));
    await().until(() -> !hexagon.observer.facts(Postponed.class).isEmpty());

    relay.close();

    assertThat(hexagon.persistence.lease().tryAcquire()).isPresent();
    assertThat(hexagon.persistence.outbox().next(10)).hasSize(1);
  }

  @Test
  void who_can_not_deliver_any_more_is_ended_after_a_while() throws InterruptedException {
    var way = new FreezingPublisher(hexagon.stream, Moment.BEFORE_IT_ASKS);
    var stuck = hexagon.instance(InstantSource.system(), way).relay(Hexagon.QUICK);
    stuck.start();
    hexagon.committed(user(ACME, "ana@example.org"));
    var frozen = way.awaitFreeze();

    stuck.close();

    assertThat(frozen.join(Duration.ofSeconds(10))).isTrue();
  }
}
