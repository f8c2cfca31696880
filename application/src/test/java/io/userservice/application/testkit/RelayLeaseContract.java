package io.userservice.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.userservice.application.driven.RelayLease}, one test each. */
public abstract class RelayLeaseContract extends PersistenceContract {

  @Test
  void of_several_that_try_one_gets_it() throws Exception {
    var leases = Collision.of(10, i -> () -> store.lease().tryAcquire());

    assertThat(leases).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  void its_holder_keeps_it_by_renewing() {
    var mine = store.lease();
    var lease = mine.tryAcquire().orElseThrow();
    var others = store.lease();

    await()
        .during(store.leaseDuration().plusMillis(200))
        .atMost(store.leaseDuration().multipliedBy(3))
        .until(() -> lease.renew() && others.tryAcquire().isEmpty());
    assertThat(mine.tryAcquire()).as("its holder may acquire it again").isPresent();
  }

  @Test
  void its_holder_keeps_it_by_offering_too_until_another_takes_it_over() {
    var lease = store.lease().tryAcquire().orElseThrow();
    var others = store.lease();

    await()
        .during(store.leaseDuration().plusMillis(200))
        .atMost(store.leaseDuration().multipliedBy(3))
        .until(() -> lease.offer() && others.tryAcquire().isEmpty());
    assertThat(others.tryTakeOver()).isPresent();
  }

  @Test
  void a_lease_that_is_not_renewed_ends_and_its_former_holder_is_told() {
    var lease = store.lease().tryAcquire().orElseThrow();
    var others = store.lease();

    await()
        .atMost(store.leaseDuration().plusSeconds(2))
        .until(() -> others.tryAcquire().isPresent());

    assertThat(lease.renew()).isFalse();
  }

  @Test
  void a_lease_that_is_held_is_nobody_elses() {
    var lease = store.lease().tryAcquire().orElseThrow();
    var others = store.lease();
    assertThat(lease.isHeld()).isTrue();

    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(store.leaseDuration().plusSeconds(2))
        .until(
            () -> {
              var held = lease.isHeld();
              var taken = others.tryAcquire().isPresent();
              assertThat(taken && lease.isHeld()).as("held by two").isFalse();
              return !held;
            });
    assertThat(lease.renew() && lease.isHeld())
        .as("held again only when renewed")
        .isEqualTo(lease.isHeld());
  }

  @Test
  void a_released_lease_can_be_had_at_once() {
    var lease = store.lease().tryAcquire().orElseThrow();
    var others = store.lease();

    lease.release();

    assertThat(others.tryAcquire()).isPresent();
    assertThat(lease.renew()).as("a released lease is lost").isFalse();
  }

  @Test
  void an_offered_lease_stays_where_it_is_until_another_takes_it_over() {
    var lease = store.lease().tryAcquire().orElseThrow();
    var others = store.lease();

    assertThat(lease.offer()).isTrue();

    assertThat(others.tryAcquire()).as("had only by who takes over").isEmpty();
    assertThat(lease.isHeld()).as("held by nobody").isFalse();
    assertThat(lease.offer()).as("may be offered on").isTrue();
    assertThat(others.tryTakeOver().orElseThrow().isHeld()).isTrue();
    assertThat(lease.offer()).isFalse();
    assertThat(lease.renew()).isFalse();
  }

  @Test
  void a_lease_that_isnt_offered_any_more_or_never_was_isnt_taken_over() {
    var lease = store.lease().tryTakeOver().orElseThrow();
    var others = store.lease();
    assertThat(others.tryTakeOver()).isEmpty();
    lease.offer();

    assertThat(lease.renew()).isTrue();

    assertThat(lease.isHeld()).isTrue();
    assertThat(others.tryTakeOver()).isEmpty();
  }

  @Test
  void who_takes_over_an_offered_lease_doesnt_offer_it() {
    store.lease().tryAcquire().orElseThrow().offer();

    assertThat(store.lease().tryTakeOver()).isPresent();

    assertThat(store.lease().tryTakeOver()).isEmpty();
  }

  @Test
  void a_lease_that_is_had_anew_isnt_offered_whoever_had_offered_it() {
    var mine = store.lease();
    mine.tryAcquire().orElseThrow().offer();
    var again = mine.tryAcquire().orElseThrow();
    assertThat(store.lease().tryTakeOver()).as("acquired by its holder").isEmpty();

    again.offer();
    again.release();
    var others = store.lease().tryAcquire().orElseThrow();
    assertThat(store.lease().tryTakeOver()).as("released by its holder").isEmpty();

    others.offer();
    await()
        .atMost(store.leaseDuration().plusSeconds(2))
        .until(() -> store.lease().tryAcquire().isPresent());
    assertThat(store.lease().tryTakeOver()).as("over").isEmpty();
  }

  @Test
  void releasing_a_lost_lease_does_nothing_to_the_new_holder() {
    var lease = store.lease().tryAcquire().orElseThrow();
    lease.release();
    var others = store.lease().tryAcquire().orElseThrow();

    lease.release();

    assertThat(others.renew()).isTrue();
  }

  @Test
  void each_time_that_it_is_had_its_token_is_greater_also_after_a_restart() {
    var mine = store.lease();
    var first = mine.tryAcquire().orElseThrow();
    var token = first.token().value();
    first.renew();
    first.offer();
    assertThat(first.token().value()).as("renewed and offered").isEqualTo(token);

    var second = store.lease().tryTakeOver().orElseThrow();
    second.release();
    var third = mine.tryAcquire().orElseThrow();
    var fourth = mine.tryAcquire().orElseThrow();

    assertThat(fourth.isHeld()).isTrue();
    fourth.release();
    store.restart();
    var fifth = store.lease().tryAcquire().orElseThrow();

    assertThat(List.of(first, second, third, fourth, fifth))
        .extracting(lease -> lease.token().value())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(third.renew()).as("had once more").isFalse();
  }

  @Test
  void a_store_out_of_reach_is_unavailable() {
    var mine = store.lease();
    var lease = mine.tryAcquire().orElseThrow();

    assertUnavailable(
        mine::tryAcquire, mine::tryTakeOver, lease::renew, lease::offer, lease::release);
  }

  @Test
  void whether_it_is_held_is_known_without_the_store_and_it_ends_by_itself() {
    var lease = store.lease().tryAcquire().orElseThrow();

    store.cutOff();

    assertThat(lease.isHeld()).isTrue();
    await().atMost(store.leaseDuration().plusSeconds(2)).until(() -> !lease.isHeld());
  }
}
