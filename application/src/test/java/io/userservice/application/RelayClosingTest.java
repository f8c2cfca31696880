package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.FreezingPublisher.Moment;
import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.DeliveryObserver.LeaseTaken;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an end leaves behind, and how long it takes at most. */
@Execution(ExecutionMode.CONCURRENT)
final class RelayClosingTest {
  private final Hexagon hexagon = new Hexagon();
  private final RelayLoop relay = hexagon.application.relay(Hexagon.QUICK);

  @AfterEach
  void stop() {
    relay.close();
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
  void a_stream_that_is_away_is_no_failure_while_nothing_waits() {
    hexagon.stream.away(true);
    relay.start();
    await().until(() -> !hexagon.observer.facts(LeaseTaken.class).isEmpty());

    relay.close();

    assertThat(hexagon.observer.facts(Postponed.class)).isEmpty();
    assertThat(hexagon.persistence.lease().tryAcquire()).isPresent();
  }

  @Test
  void who_can_not_deliver_any_more_is_ended_after_a_while() throws InterruptedException {
    var way = new FreezingPublisher(hexagon.stream, Moment.BEFORE_IT_ASKS);
    var stuck =
        hexagon
            .instance(InstantSource.system(), way)
            .relay(Relays.rarelyLooking(Duration.ofMillis(1)));
    stuck.start();
    hexagon.committed(user(ACME, "ana@example.org"));
    var frozen = way.awaitFreeze();

    stuck.close();

    assertThat(frozen.join(Duration.ofSeconds(10))).isTrue();
  }
}
