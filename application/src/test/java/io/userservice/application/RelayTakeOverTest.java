package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.FreezingPublisher.Moment;
import io.userservice.application.driven.DeliveryObserver.LeaseLost;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.testkit.DecoratedPublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One relay after another, and one that doesn't know yet that it is no longer the one. */
@Execution(ExecutionMode.CONCURRENT)
final class RelayTakeOverTest {
  private final Hexagon hexagon = new Hexagon();
  private final Relays relays = new Relays(hexagon);

  @BeforeEach
  void start() {
    relays.start();
  }

  @AfterEach
  void stop() {
    relays.close();
  }

  @Test
  void who_takes_over_finds_what_the_former_instance_sent() {
    relays.close();
    var events =
        List.of(
            hexagon.committed(user(ACME, "a@example.org")),
            hexagon.committed(user(ACME, "b@example.org")));
    observeStream();
    hexagon.stream.session().publish(events.stream().map(Publication::of).toList());
    hexagon.stream.forgetsDuplicates();

    relays.start();

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).isEqualTo(events);
  }

  @Test
  void however_much_the_former_instance_sent_it_is_found() {
    relays.close();
    var events = relays.lives(1_100);
    observeStream();
    hexagon.stream.session().publish(events.stream().map(Publication::of).toList());
    hexagon.stream.forgetsDuplicates();

    relays.start();

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).isEqualTo(events);
  }

  private void observeStream() {
    var lease = hexagon.persistence.lease().tryAcquire().orElseThrow();
    hexagon.persistence.ledger().observe(lease.token(), hexagon.stream.session().look());
    lease.release();
  }

  @Test
  void who_was_frozen_sends_nothing_when_another_has_taken_over() {
    var way = new FreezingPublisher(hexagon.stream, Moment.BEFORE_IT_ASKS);

    isFrozenWhileAnotherTakesOver(way);

    assertThat(way.outcomes()).hasSize(1).allMatch(Unknown.class::isInstance);
  }

  @Test
  void what_was_on_its_way_when_another_took_over_isnt_stored() {
    var way = new FreezingPublisher(hexagon.stream, Moment.WHEN_IT_WAS_PERMITTED);

    isFrozenWhileAnotherTakesOver(way);

    assertThat(way.outcomes()).hasSize(1).allMatch(Overtaken.class::isInstance);
  }

  private void isFrozenWhileAnotherTakesOver(FreezingPublisher way) {
    var former = relays.startInstead(way);
    var events = List.of(hexagon.committed(user(ACME, "a@example.org")));
    way.awaitFreeze();
    var other = relays.start();
    hexagon.awaitAllDelivered();
    hexagon.stream.forgetsDuplicates();

    way.thaw();

    await().until(() -> !hexagon.observer.facts(LeaseLost.class).isEmpty());
    other.close();
    former.close();
    assertThat(hexagon.stream.events()).isEqualTo(events);
  }

  @Test
  void what_another_stored_late_is_found_and_not_stored_again() {
    var way = new FreezingPublisher(hexagon.stream, Moment.WHEN_IT_WAS_PERMITTED);
    relays.startInstead(way);
    var ana = user(ACME, "ana@example.org");
    var first = hexagon.committed(ana);
    way.awaitFreeze();

    hexagon.stream.session().publish(List.of(Publication.of(first)));
    hexagon.stream.forgetsDuplicates();
    var second = hexagon.committed(changed(ana, profile("ana@example.org", "II")));
    way.thaw();

    hexagon.awaitAllDelivered();
    assertThat(way.outcomes().getFirst()).isInstanceOf(Overtaken.class);
    assertThat(hexagon.stream.events()).containsExactly(first, second);
    assertThat(hexagon.observer.facts(Postponed.class)).as("nothing went wrong").isEmpty();
  }

  @Test
  void what_is_replayed_meanwhile_comes_between() {
    var past = hexagon.committed(user(ACME, "past@example.org"));
    hexagon.awaitAllDelivered();
    var way = new FreezingPublisher(hexagon.stream, Moment.WHEN_IT_WAS_PERMITTED);
    relays.startInstead(way);
    var event = hexagon.committed(user(ACME, "ana@example.org"));
    way.awaitFreeze();

    hexagon.application.operateEvents().replay(new OfUser(past.user().id()), 0, _ -> {});
    way.thaw();

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).containsExactly(past, past, event);
  }

  @Test
  void however_often_others_are_faster_it_is_tried_again_soon() {
    relays.close();
    var tries = new AtomicInteger();
    var busy =
        new DecoratedPublisher(hexagon.stream) {
          @Override
          protected List<Outcome> append(
              Session behind, long end, List<Publication> publications, BooleanSupplier permitted) {
            if (tries.incrementAndGet() <= 15) {
              var elsewhere = commit(user(GLOBEX, "bob@example.org")).event();
              behind.publish(List.of(Publication.of(elsewhere)));
            }
            return behind.append(end, publications, permitted);
          }
        };
    relays.start(
        hexagon
            .instance(InstantSource.system(), busy)
            .relay(Relays.rarelyLooking(Duration.ofMillis(5), Duration.ofHours(1))));

    hexagon.committed(user(ACME, "ana@example.org"));

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).hasSize(16);
  }
}
