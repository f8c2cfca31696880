package io.userservice.application.testkit;

import static io.userservice.application.driven.Outbox.LARGE;
import static io.userservice.application.driven.Outbox.Pending.size;
import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static io.userservice.application.testkit.Users.withPayload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Backlog;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.Outbox.Quarantined;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.userservice.application.driven.Outbox}, one test each. */
public abstract class OutboxContract extends PersistenceContract {

  @Test
  void what_was_committed_is_pending_until_it_is_delivered() {
    var event = commit(user(ACME, "ana@example.org")).event();
    assertThat(pendingEvents()).containsExactly(event);
    assertThat(pendingEvents()).as("reading takes nothing away").containsExactly(event);

    deliverAll();

    assertThat(pendingEvents()).isEmpty();
  }

  @Test
  void what_is_pending_survives_a_restart() {
    var event = commit(user(ACME, "ana@example.org")).event();

    store.restart();

    assertThat(pendingEvents()).containsExactly(event);
  }

  @Test
  void pending_events_come_in_the_order_of_their_sequence_up_to_the_limit() {
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < 5; i++) {
      events.add(commit(user(ACME, "u" + i + "@example.org")).event());
    }

    assertThat(store.outbox().next(3)).extracting(Pending::event).isEqualTo(events.subList(0, 3));
    assertThat(store.outbox().next(10))
        .isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()))
        .extracting(Pending::event)
        .isEqualTo(events);
  }

  @Test
  void of_large_events_fewer_come_at_once_but_one_at_least() {
    var events = new ArrayList<RecordedEvent>();
    for (var characters : List.of(5_000_000, 600_000, 600_000, 600_000, 4_000_000, 100, 100)) {
      var user = user(ACME, "u" + events.size() + "@example.org");
      var event = large(Users.event(user), characters);
      events.add(commit(new Commit(user, event, Optional.empty())).event());
    }

    for (var portion : List.of(1, 4, 2)) {
      var next = store.outbox().next(100);
      assertThat(next).extracting(Pending::event).isEqualTo(events.subList(0, portion));
      assertThat(size(next) >= LARGE).as("there is more").isEqualTo(portion > 2 || portion == 1);
      store.outbox().delivered(holder(), deliveries(next));
      events.subList(0, portion).clear();
    }
    assertThat(events).isEmpty();
  }

  @Test
  void how_large_an_event_is_its_octets_tell_not_its_characters() {
    for (var i = 0; i < 3; i++) {
      var user = user(ACME, "u" + i + "@example.org");
      var event = withPayload(Users.event(user), "\"" + "ä".repeat(1_100_000) + "\"");
      commit(new Commit(user, event, Optional.empty()));
    }

    assertThat(store.outbox().next(10)).hasSize(2);
  }

  private static List<Delivery> deliveries(List<Pending> events) {
    return events.stream().map(event -> new Delivery(event, event.sequence())).toList();
  }

  @Test
  void per_user_the_order_is_that_of_versions_under_concurrent_commits() throws Exception {
    Collision.of(
        20,
        i ->
            () -> {
              var user = user(ACME, "u" + i + "@example.org");
              commit(user);
              for (var n = 0; n < 10; n++) {
                user = changed(user, profile("u" + i + "@example.org", "N" + n));
                commit(user);
              }
              commit(deleted(user));
              return user;
            });

    var versions = new HashMap<Object, Long>();
    for (var event : pendingEvents()) {
      var version = event.version().value();
      assertThat(versions.put(event.user(), version))
          .as("the version before %d of %s", version, event.user())
          .isEqualTo(version == 1 ? null : version - 1);
    }
    assertThat(versions.values()).hasSize(20).containsOnly(12L);
  }

  @Test
  void delivering_some_leaves_the_others() {
    commit(user(ACME, "a@example.org"));
    var second = commit(user(ACME, "b@example.org")).event();
    var first = store.outbox().next(1).getFirst();

    store.outbox().delivered(holder(), List.of(new Delivery(first, 1)));

    assertThat(pendingEvents()).containsExactly(second);
  }

  @Test
  void marking_twice_is_no_error() {
    commit(user(ACME, "a@example.org"));
    var delivery = new Delivery(store.outbox().next(1).getFirst(), 1);

    store.outbox().delivered(holder(), List.of(delivery));
    store.outbox().delivered(holder(), List.of(delivery));
    store.outbox().quarantine(holder(), delivery.event(), "too late");

    assertThat(store.outbox().backlog()).isEqualTo(new Backlog(0, Optional.empty(), 0));
  }

  /** It was frozen, or cut off, on the way to the store. */
  @Test
  void who_has_lost_the_lease_marks_nothing_and_sets_nothing_aside() {
    commit(user(ACME, "a@example.org"));
    var pending = store.outbox().next(1).getFirst();
    var mine = store.lease().tryAcquire().orElseThrow();
    mine.release();
    var others = store.lease().tryAcquire().orElseThrow();
    var late = List.of(new Delivery(pending, 1));

    assertThatThrownBy(() -> store.outbox().delivered(mine.token(), late))
        .isInstanceOf(LeaseGone.class);
    assertThatThrownBy(() -> store.outbox().quarantine(mine.token(), pending, "too late"))
        .isInstanceOf(LeaseGone.class);

    assertThat(store.outbox().next(10)).containsExactly(pending);
    assertThat(store.log().after(ACME, Position.START, 10)).isEmpty();
    store.outbox().delivered(others.token(), late);
    assertThat(store.outbox().next(10)).isEmpty();
  }

  @Test
  void a_quarantined_event_and_its_users_later_ones_are_not_pending() {
    var ana = user(ACME, "ana@example.org");
    var first = commit(ana).event();
    var second = changed(ana, profile("ana@example.org", "II"));
    commit(second);
    commit(changed(second, profile("ana@example.org", "III")));
    var other = commit(user(ACME, "bob@example.org")).event();

    store.outbox().quarantine(holder(), store.outbox().next(2).getLast(), "too large");

    assertThat(pendingEvents()).containsExactly(first, other);
    store.restart();
    assertThat(pendingEvents()).as("after a restart").containsExactly(first, other);
  }

  @Test
  void what_is_held_back_takes_no_room_among_the_next() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    commit(changed(ana, profile("ana@example.org", "II")));
    var other = commit(user(ACME, "bob@example.org")).event();

    store.outbox().quarantine(holder(), store.outbox().next(1).getFirst(), "too large");

    assertThat(store.outbox().next(1)).extracting(Pending::event).containsExactly(other);
  }

  @Test
  void what_is_held_back_is_still_found_and_counted_in_the_backlog() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    var second = commit(changed(ana, profile("ana@example.org", "II"))).event();

    store.outbox().quarantine(holder(), store.outbox().next(1).getFirst(), "too large");

    assertThat(pendingEvents()).isEmpty();
    assertThat(store.outbox().find(List.of(second.id())))
        .extracting(Pending::event)
        .containsExactly(second);
    assertThat(store.outbox().backlog()).isEqualTo(new Backlog(1, Optional.of(second.at()), 1));
  }

  @Test
  void
      quarantined_events_come_in_the_order_of_their_sequence_up_to_the_limit_each_with_its_reason() {
    var events = severalPending(3);
    var reason = "a reason that is told as it is, however long it may be: ä, 😀 and ".repeat(5);
    for (var i : List.of(2, 0, 1)) {
      store.outbox().quarantine(holder(), events.get(i), reason + i);
    }

    assertThat(store.outbox().quarantined(2))
        .containsExactly(
            new Quarantined(events.get(0).event(), reason + 0),
            new Quarantined(events.get(1).event(), reason + 1));
  }

  private List<Pending> severalPending(int count) {
    for (var i = 0; i < count; i++) {
      commit(user(ACME, "u" + i + "@example.org"));
    }
    return store.outbox().next(count);
  }

  @Test
  void a_retried_event_is_pending_again_before_its_users_later_ones() {
    var ana = user(ACME, "ana@example.org");
    var first = commit(ana).event();
    var second = commit(changed(ana, profile("ana@example.org", "II"))).event();
    store.outbox().quarantine(holder(), store.outbox().next(1).getFirst(), "too large");
    assertThat(store.outbox().quarantined(10)).containsExactly(new Quarantined(first, "too large"));

    assertThat(store.outbox().retry(List.of(first.id(), second.id()))).containsExactly(first.id());

    assertThat(pendingEvents()).containsExactly(first, second);
    assertThat(store.outbox().quarantined(10)).isEmpty();
    assertThat(store.outbox().retry(List.of(first.id()))).as("it is no more").isEmpty();
  }

  @Test
  void a_dropped_event_is_gone_for_good_and_its_users_later_ones_are_pending() {
    var ana = user(ACME, "ana@example.org");
    var first = commit(ana).event();
    var second = commit(changed(ana, profile("ana@example.org", "II"))).event();
    store.outbox().quarantine(holder(), store.outbox().next(1).getFirst(), "too large");

    assertThat(store.outbox().drop(List.of(second.id()))).as("it isn't set aside").isEmpty();
    assertThat(store.outbox().drop(List.of(first.id()))).containsExactly(first.id());

    assertThat(pendingEvents()).containsExactly(second);
    assertThat(store.log().history(ana.key(), Optional.empty(), 10))
        .as("it stays in the log")
        .containsExactly(second, first);
  }

  @Test
  void all_that_are_named_are_retried_or_dropped_and_no_others() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    commit(changed(ana, profile("ana@example.org", "II")));
    severalPending(4);
    var events = store.outbox().next(10);
    for (var event : events.reversed()) { // a user's later event first
      store.outbox().quarantine(holder(), event, "too large");
    }
    var retried = ids(events.get(0), events.get(2));
    var dropped = ids(events.get(3), events.get(4));

    assertThat(store.outbox().retry(retried)).containsExactlyInAnyOrderElementsOf(retried);
    assertThat(store.outbox().drop(dropped)).containsExactlyInAnyOrderElementsOf(dropped);

    assertThat(store.outbox().next(10)).containsExactly(events.get(0), events.get(2));
    assertThat(store.outbox().quarantined(10))
        .extracting(Quarantined::event)
        .as("the same user's other one, and another user's")
        .containsExactly(events.get(1).event(), events.get(5).event());
  }

  private static List<EventId> ids(Pending... events) {
    return Stream.of(events).map(pending -> pending.event().id()).toList();
  }

  @Test
  void what_became_of_an_event_survives_a_restart() {
    var events = severalPending(4);
    store.outbox().delivered(holder(), List.of(new Delivery(events.getFirst(), 1)));
    for (var event : events.subList(1, 4)) {
      store.outbox().quarantine(holder(), event, "too large");
    }
    store.outbox().drop(ids(events.get(1)));
    store.outbox().retry(ids(events.get(2)));

    store.restart();

    assertThat(store.outbox().next(10)).containsExactly(events.get(2));
    assertThat(store.outbox().quarantined(10))
        .containsExactly(new Quarantined(events.get(3).event(), "too large"));
  }

  @Test
  void pending_events_are_found_by_their_ids() {
    var first = commit(user(ACME, "a@example.org")).event();
    var second = commit(user(ACME, "b@example.org")).event();
    var third = commit(user(ACME, "c@example.org")).event();
    store.outbox().delivered(holder(), List.of(new Delivery(store.outbox().next(1).getFirst(), 1)));

    assertThat(store.outbox().find(List.of(third.id(), first.id(), new EventId(UUID.randomUUID()))))
        .extracting(Pending::event)
        .containsExactly(third);
    assertThat(store.outbox().find(List.of())).isEmpty();
    assertThat(pendingEvents()).containsExactly(second, third);
  }

  @Test
  void the_backlog_tells_how_much_waits_and_since_when() {
    assertThat(store.outbox().backlog()).isEqualTo(new Backlog(0, Optional.empty(), 0));
    var later = START.plusSeconds(5);
    commit(user(ACME, profile("ana@example.org"), START));
    commit(user(ACME, profile("bob@example.org"), later));
    commit(user(ACME, profile("eve@example.org"), later.plusSeconds(5)));

    assertThat(store.outbox().backlog()).isEqualTo(new Backlog(3, Optional.of(START), 0));

    store.outbox().quarantine(holder(), store.outbox().next(1).getFirst(), "too large");
    assertThat(store.outbox().backlog()).isEqualTo(new Backlog(2, Optional.of(later), 1));
  }

  @Test
  void a_store_out_of_reach_is_unavailable() {
    var event = commit(user(ACME, "ana@example.org")).event();
    var pending = store.outbox().next(1).getFirst();
    var holder = holder();

    assertUnavailable(
        () -> store.outbox().next(1),
        () -> store.outbox().delivered(holder, List.of(new Delivery(pending, 1))),
        () -> store.outbox().find(List.of(event.id())),
        () -> store.outbox().quarantine(holder, pending, "too large"),
        () -> store.outbox().quarantined(1),
        () -> store.outbox().retry(List.of(event.id())),
        () -> store.outbox().drop(List.of(event.id())),
        () -> store.outbox().backlog());
  }
}
