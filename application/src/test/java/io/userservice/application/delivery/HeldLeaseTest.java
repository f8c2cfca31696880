package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.RelayLease.Lease;
import io.userservice.application.testkit.DecoratedLease;
import io.userservice.application.testkit.InMemoryPersistence;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A lease of nine seconds that is renewed every three, for half a minute without the relay. */
final class HeldLeaseTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InMemoryPersistence store =
      new InMemoryPersistence(now::get, Duration.ofSeconds(9));
  private final HeldLease lease = held(store.lease().tryAcquire().orElseThrow());

  @Test
  void it_is_renewed_in_time() {
    for (var second = 0; second < 30; second++) {
      now.set(NOW.plusSeconds(second));
      assertThat(lease.keep()).isTrue();
      assertThat(lease.isHeld()).isTrue();
    }
    assertThat(store.lease().tryAcquire()).as("somebody else").isEmpty();
  }

  @Test
  void it_is_not_renewed_more_often() {
    now.set(NOW.plusMillis(2_999));
    assertThat(lease.untilRenewal()).isEqualTo(Duration.ofMillis(1));
    lease.keep();

    now.set(NOW.plusSeconds(9));
    assertThat(store.lease().tryAcquire()).as("it lasts from its begin").isPresent();
  }

  @Test
  void after_a_renewal_its_time_begins_anew() {
    now.set(NOW.plusSeconds(3));
    lease.keep();
    now.set(NOW.plusMillis(5_999));
    lease.keep();

    now.set(NOW.plusSeconds(3 + 9));
    assertThat(store.lease().tryAcquire()).as("it lasts from its renewal").isPresent();
  }

  @Test
  void while_the_relay_waits_for_an_answer_it_is_renewed() {
    for (var second = 0; second <= 30; second++) {
      now.set(NOW.plusSeconds(second));
      lease.beat();
      assertThat(lease.isHeld()).isTrue();
    }
    assertThat(store.lease().tryAcquire()).as("somebody else").isEmpty();
  }

  @Test
  void a_relay_that_waits_for_too_long_is_replaced() {
    beatFor(30 + 9);

    assertThat(lease.isHeld()).isFalse();
    assertThat(store.lease().tryAcquire()).as("somebody else").isPresent();
    assertThat(lease.untilRenewal()).as("no reason to hurry").isPositive();
  }

  @Test
  void a_relay_that_had_an_answer_may_wait_as_long_again() {
    beatFor(29);
    lease.demandHeld();
    beatFor(29);

    assertThat(store.lease().tryAcquire()).as("somebody else").isEmpty();
  }

  @Test
  void beats_renew_it_no_more_often_than_the_relay_would() {
    now.set(NOW.plusMillis(2_999));
    lease.beat();

    now.set(NOW.plusSeconds(9));
    assertThat(store.lease().tryAcquire()).as("it lasts from its begin").isPresent();
  }

  @Test
  void what_is_offered_stays_so_while_the_relay_waits() {
    lease.offer();
    beatFor(3);

    assertThat(lease.isHeld()).isFalse();
    assertThat(store.lease().tryTakeOver()).as("somebody else").isPresent();
  }

  @Test
  void the_relay_is_told_of_a_loss_that_a_beat_has_noticed() {
    lease.offer();
    beatFor(3);
    store.lease().tryTakeOver().orElseThrow();
    beatFor(3);

    assertThat(lease.keep()).isFalse();
  }

  @Test
  void who_wants_it_again_is_told_that_another_has_it() {
    lease.offer();
    beatFor(3);
    store.lease().tryTakeOver().orElseThrow();

    assertThatThrownBy(lease::want).isInstanceOf(LeaseGone.class);
  }

  @Test
  void a_beat_that_the_store_does_not_hear_is_followed_by_another() {
    store.available(false);
    beatFor(3);
    store.available(true);
    beatFor(3);

    now.set(NOW.plusSeconds(9));
    assertThat(lease.isHeld()).isTrue();
  }

  /** Else others could have it while this one believes to hold it. */
  @Test
  void an_offer_is_not_overtaken_by_a_renewal_from_before() throws Exception {
    lease.release();
    var slow = new SlowRenewal(store.lease().tryAcquire().orElseThrow());
    var held = held(slow);
    now.set(NOW.plusSeconds(3));
    var beat = Thread.ofVirtual().start(held::beat);
    slow.begun.await();

    held.offer();
    now.set(NOW.plusSeconds(6));
    var offer = Thread.ofVirtual().start(held::keep);
    assertThat(offer.join(Duration.ofMillis(50))).as("offered amid the renewal").isFalse();
    slow.end.countDown();

    beat.join();
    offer.join();
    assertThat(held.isHeld()).isFalse();
    assertThat(store.lease().tryTakeOver()).as("somebody else").isPresent();
  }

  @Test
  void who_beats_when_it_was_released_is_not_kept_waiting() throws Exception {
    Thread.ofVirtual().start(lease::release).join();
    now.set(NOW.plusSeconds(3));

    var beat = Thread.ofVirtual().start(lease::beat);

    assertThat(beat.join(Duration.ofSeconds(10))).isTrue();
    assertThat(store.lease().tryAcquire()).as("somebody else").isPresent();
  }

  private HeldLease held(Lease granted) {
    return new HeldLease(
        granted,
        new Interval(now::get, Duration.ofSeconds(3)),
        new Interval(now::get, Duration.ofSeconds(30)));
  }

  private void beatFor(int seconds) {
    for (var second = 0; second < seconds; second++) {
      now.set(now.get().plusSeconds(1));
      lease.beat();
    }
  }

  /** A lease whose renewal is on its way for long. */
  private static final class SlowRenewal extends DecoratedLease {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    SlowRenewal(Lease lease) {
      super(lease);
    }

    @Override
    public boolean renew() {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return inner.renew();
    }
  }

  @Test
  void one_that_is_over_is_lost_when_another_has_it() {
    now.set(NOW.plusSeconds(9));
    assertThat(lease.isHeld()).isFalse();
    store.lease().tryAcquire().orElseThrow();

    assertThat(lease.keep()).isFalse();
    assertThatThrownBy(lease::demand).isInstanceOf(LeaseGone.class);
  }

  @Test
  void one_that_is_over_and_nobody_elses_is_had_again() {
    now.set(NOW.plusSeconds(9));

    assertThatCode(lease::demand).doesNotThrowAnyException();
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void one_that_was_lost_before_its_renewal_is_noticed() {
    lease.release();
    store.lease().tryAcquire().orElseThrow();

    assertThat(lease.keep()).isFalse();
  }
}
