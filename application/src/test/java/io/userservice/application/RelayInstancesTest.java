package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.DeliveryObserver.LeaseLost;
import io.userservice.application.driven.DeliveryObserver.LeaseTaken;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Of several relays one is at work. */
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
}
