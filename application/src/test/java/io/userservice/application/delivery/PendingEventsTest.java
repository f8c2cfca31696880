package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.application.delivery.PendingEvents.Acknowledgement;
import io.userservice.application.driven.Commit;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driving.Position;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.RecordingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Marks wait for twenty milliseconds, three at most, by a lease of nine seconds. */
final class PendingEventsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InMemoryPersistence store =
      new InMemoryPersistence(now::get, Duration.ofSeconds(9));
  private final RecordingObserver observer = new RecordingObserver();
  private final RelayLease leases = store.lease();
  private final Outbox outbox = store.outbox();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private Executor marker = Runnable::run;
  private final PendingEvents events =
      new PendingEvents(
          outbox, observer, new Interval(now::get, MOMENT), 3, mark -> marker.execute(mark));
  private final HeldLease lease = lease();
  private long streamSequence;

  PendingEventsTest() {
    events.begin(lease);
  }

  @Test
  void marks_wait_for_each_other_a_moment() {
    acknowledged("a@example.org");
    now.set(NOW.plusMillis(19));
    acknowledged("b@example.org");
    events.settleWhenDue();
    assertThat(outbox.next(10)).hasSize(2);
    assertThat(events.untilDue(LONG)).as("counted from the first").isEqualTo(Duration.ofMillis(1));

    now.set(NOW.plus(MOMENT));
    events.settleWhenDue();

    assertThat(outbox.next(10)).isEmpty();
    assertThat(events.untilDue(LONG)).as("nothing is left").isEqualTo(LONG);
  }

  @Test
  void each_moment_begins_with_the_first_mark() {
    acknowledged("a@example.org");
    now.set(NOW.plusSeconds(1));
    events.settleWhenDue();

    acknowledged("b@example.org");
    events.settleWhenDue();

    assertThat(outbox.next(10)).hasSize(1);
    assertThat(events.untilDue(LONG)).isEqualTo(MOMENT);
  }

  @Test
  void who_has_another_appointment_is_not_kept() {
    acknowledged("a@example.org");

    assertThat(events.untilDue(Duration.ofMillis(3))).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void many_wait_for_nothing() {
    acknowledged("a@example.org");
    acknowledged("b@example.org");
    assertThat(outbox.next(10)).hasSize(2);

    acknowledged("c@example.org");

    assertThat(outbox.next(10)).isEmpty();
  }

  @Test
  void what_is_told_is_true() {
    acknowledged("a@example.org");
    assertThat(observer.facts(Published.class)).isEmpty();

    events.settle();
    events.settle();

    assertThat(observer.facts(Published.class)).hasSize(1);
  }

  @Test
  void who_asks_finds_it_marked() {
    acknowledged("a@example.org");
    assertThat(events.next(10)).isEmpty();

    var delivered = acknowledged("b@example.org");
    assertThat(events.find(List.of(delivered.event().id()))).isEmpty();
  }

  @Test
  void what_is_found_comes_behind_what_was_acknowledged() {
    var first = acknowledged("a@example.org");
    var second = committed("b@example.org");

    events.found(List.of(new Delivery(second, 2)));

    assertThat(store.log().after(ACME, Position.START, 10))
        .extracting(EventLog.Published::event)
        .containsExactly(first.event(), second.event());
  }

  @Test
  void what_is_set_aside_comes_behind_too() {
    acknowledged("a@example.org");

    events.quarantine(committed("b@example.org"), "too large");

    assertThat(outbox.next(10)).isEmpty();
    assertThat(outbox.quarantined(10)).hasSize(1);
  }

  @Test
  void who_has_lost_the_lease_marks_nothing() {
    acknowledged("a@example.org");
    now.set(NOW.plusSeconds(9));
    store.lease().tryAcquire().orElseThrow();

    assertThatThrownBy(events::settle).isInstanceOf(LeaseGone.class);

    assertThat(outbox.next(10)).hasSize(1);
    assertThat(observer.facts(Published.class)).isEmpty();
  }

  @Test
  void marks_that_come_when_another_has_the_lease_are_neither_made_nor_told() {
    marker = waiting::add;
    acknowledged("a@example.org");
    events.next(1);
    now.set(NOW.plusSeconds(9));
    store.lease().tryAcquire().orElseThrow();

    waiting.remove().run();

    assertThatThrownBy(events::settle).isInstanceOf(LeaseGone.class);
    assertThat(outbox.next(10)).hasSize(1);
    assertThat(observer.facts(Published.class)).isEmpty();
  }

  @Test
  void who_gets_another_lease_has_forgotten_the_marks_of_the_first() {
    acknowledged("a@example.org");

    events.begin(lease());
    events.settle();

    assertThat(outbox.next(10)).hasSize(1);
  }

  @Test
  void who_asks_amid_marks_gets_what_is_not_acknowledged() {
    marker = waiting::add;
    var first = acknowledged("a@example.org");
    var second = acknowledged("b@example.org");
    var next = committed("c@example.org");
    var last = committed("d@example.org");

    assertThat(events.next(1)).containsExactly(next);
    assertThat(outbox.next(10)).as("not marked yet").hasSize(4);
    assertThat(observer.facts(Published.class)).isEmpty();

    outbox.delivered(lease.token(), List.of(new Delivery(first, 1), new Delivery(second, 2)));
    assertThat(events.next(1)).as("marked, which isn't known yet").containsExactly(next);

    waiting.remove().run();
    assertThat(events.next(10)).containsExactly(next, last);
    assertThat(observer.facts(Published.class)).hasSize(2);
  }

  /** What the outbox gives at once is used up by what is being marked. */
  @Test
  void who_asks_amid_marks_of_large_events_waits_for_them() throws Exception {
    marker = waiting::add;
    acknowledged(committed("a@example.org", 5_000_000));
    var next = committed("b@example.org", 100);

    var answer = CompletableFuture.supplyAsync(() -> events.next(10));
    await().until(() -> !waiting.isEmpty());
    waiting.remove().run();

    assertThat(answer.get()).containsExactly(next);
  }

  @Test
  void large_ones_wait_for_nothing() {
    acknowledged(committed("a@example.org", 600_000));
    assertThat(outbox.next(10)).hasSize(1);

    acknowledged(committed("b@example.org", 600_000));

    assertThat(outbox.next(10)).isEmpty();
  }

  /** What compares the stream with the outbox is to see all of them. */
  @Test
  void who_settles_waits_until_the_marks_are_made() throws Exception {
    marker = waiting::add;
    acknowledged("a@example.org");

    var settling = Thread.ofVirtual().start(events::settle);
    await().until(() -> !waiting.isEmpty());
    assertThat(settling.join(Duration.ofMillis(50))).isFalse();

    waiting.remove().run();
    settling.join();
    assertThat(outbox.next(10)).isEmpty();
  }

  @Test
  void marks_wait_for_those_before_them() throws Exception {
    marker = waiting::add;
    var first = acknowledged("a@example.org");
    assertThat(events.next(10)).isEmpty();
    acknowledged("b@example.org");

    var second = Thread.ofVirtual().start(() -> events.next(10));
    assertThat(second.join(Duration.ofMillis(50))).isFalse();
    assertThat(waiting).hasSize(1);

    waiting.remove().run();
    second.join();
    assertThat(waiting).hasSize(1);
    assertThat(observer.facts(Published.class))
        .extracting(Published::event)
        .containsExactly(first.event());
  }

  @Test
  void after_marks_that_failed_there_are_no_others() {
    marker = waiting::add;
    acknowledged("a@example.org");
    now.set(NOW.plus(MOMENT));
    events.settleWhenDue();
    store.available(false);
    waiting.remove().run();
    store.available(true);
    marker = Runnable::run;

    assertThatThrownBy(events::settleWhenDue).as("idle").isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> events.next(10)).isInstanceOf(StoreUnavailable.class);
    acknowledged("b@example.org");
    assertThatThrownBy(events::settle).isInstanceOf(StoreUnavailable.class);

    assertThat(outbox.next(10)).hasSize(2);
  }

  @Test
  void another_lease_begins_when_the_marks_of_the_first_have_ended() throws Exception {
    marker = waiting::add;
    acknowledged("a@example.org");
    events.next(10);
    var another = lease();

    var begun = Thread.ofVirtual().start(() -> events.begin(another));
    assertThat(begun.join(Duration.ofMillis(50))).isFalse();
    store.available(false);
    waiting.remove().run();
    begun.join();
    store.available(true);

    assertThat(events.next(10)).hasSize(1);
  }

  private HeldLease lease() {
    return new HeldLease(
        leases.tryAcquire().orElseThrow(),
        new Interval(now::get, Duration.ofSeconds(3)),
        new Interval(now::get, Duration.ofSeconds(30)));
  }

  private Pending acknowledged(String email) {
    return acknowledged(committed(email));
  }

  private Pending acknowledged(Pending pending) {
    var delivery = new Delivery(pending, ++streamSequence);
    events.acknowledged(
        List.of(
            new Acknowledgement(
                delivery, new Published(pending.event(), streamSequence, false, Duration.ZERO))));
    return pending;
  }

  private Pending committed(String email) {
    var commit = commit(user(ACME, email));
    store.users().commit(commit);
    return outbox.find(List.of(commit.event().id())).getFirst();
  }

  private Pending committed(String email, int characters) {
    var user = user(ACME, email);
    var event = large(event(user), characters);
    store.users().commit(new Commit(user, event, Optional.empty()));
    return outbox.find(List.of(event.id())).getFirst();
  }
}
