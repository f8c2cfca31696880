package io.userservice.application.testkit;

import static io.userservice.application.driven.Outbox.LARGE;
import static io.userservice.application.driven.Outbox.Pending.size;
import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
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
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    commit(user(ACME, "bob@example.org"));

    assertThat(store.outbox().backlog()).isEqualTo(new Backlog(2, Optional.of(ana.updatedAt()), 0));

    store.outbox().quarantine(holder(), store.outbox().next(1).getFirst(), "too large");
    assertThat(store.outbox().backlog().quarantined()).isEqualTo(1);
    assertThat(store.outbox().backlog().pending()).isEqualTo(1);
  }
}
