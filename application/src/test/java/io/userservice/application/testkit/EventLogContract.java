package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.causedBy;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static io.userservice.application.testkit.Users.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.EventLog.Logged;
import io.userservice.application.driven.EventLog.Published;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.userservice.application.driven.EventLog}, one test each. */
public abstract class EventLogContract extends PersistenceContract {

  @Test
  void an_event_is_read_back_exactly_as_it_was_committed() {
    var ana = user(ACME, "ana@example.org");
    var event = commit(ana).event();
    var bob = user(ACME, profile("bob@example.org"), START.plusMillis(123));
    var bare = commit(new Commit(bob, bare(Users.event(bob)), Optional.empty())).event();

    assertThat(store.log().history(ana.key(), Optional.empty(), 10)).containsExactly(event);
    assertThat(store.log().history(bob.key(), Optional.empty(), 10)).containsExactly(bare);
    assertThat(pendingEvents()).containsExactly(event, bare);
    deliverAll();
    assertThat(fed(10)).containsExactly(event, bare);
    assertThat(selected(new OfTenant(ACME))).containsExactly(event, bare);
  }

  /** The event, of nobody and of no trace, with text that isn't as a program would write it. */
  private static RecordedEvent bare(RecordedEvent event) {
    return withPayload(
        causedBy(event, Optional.empty(), Optional.empty()), "{ \"e\":\"😀שł\",\n \"n\":1e2}");
  }

  private List<RecordedEvent> fed(int limit) {
    return store.log().after(ACME, Position.START, limit).stream().map(Published::event).toList();
  }

  @Test
  void a_history_is_without_a_gap_newest_first() {
    var ana = user(ACME, "ana@example.org");
    var second = changed(ana, profile("ana@example.org", "II"));
    var created = commit(ana).event();
    var updated = commit(second).event();
    var gone = commit(deleted(second)).event();

    assertThat(store.log().history(ana.key(), Optional.empty(), 10))
        .containsExactly(gone, updated, created);
    assertThat(store.log().history(ana.key(), Optional.empty(), 2)).containsExactly(gone, updated);
    assertThat(store.log().history(ana.key(), Optional.of(new Version(2)), 2))
        .containsExactly(created);
  }

  @Test
  void a_tenant_never_sees_anothers_event() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    deliverAll();

    var foreign = new UserKey(GLOBEX, ana.key().id());
    assertThat(store.log().history(foreign, Optional.empty(), 10)).isEmpty();
    assertThat(store.log().after(GLOBEX, Position.START, 10)).isEmpty();
  }

  @Test
  void an_event_is_in_the_feed_once_it_is_delivered() {
    var event = commit(user(ACME, "ana@example.org")).event();
    assertThat(store.log().after(ACME, Position.START, 10)).isEmpty();

    deliverAll();

    assertThat(store.log().after(ACME, Position.START, 10))
        .extracting(Published::event)
        .containsExactly(event);
  }

  @Test
  void the_feed_is_in_the_order_of_delivery() {
    var first = commit(user(ACME, "a@example.org")).event();
    var second = commit(user(ACME, "b@example.org")).event();
    var pending = store.outbox().next(10);

    store.outbox().delivered(holder(), List.of(new Delivery(pending.get(1), 1)));
    store.outbox().delivered(holder(), List.of(new Delivery(pending.get(0), 2)));

    assertThat(store.log().after(ACME, Position.START, 10))
        .extracting(Published::event)
        .containsExactly(second, first);
  }

  @Test
  void what_is_delivered_together_is_in_the_feed_in_the_order_of_its_list() {
    var first = commit(user(ACME, "a@example.org")).event();
    var second = commit(user(ACME, "b@example.org")).event();
    var pending = store.outbox().next(10);

    store
        .outbox()
        .delivered(
            holder(), List.of(new Delivery(pending.get(1), 1), new Delivery(pending.get(0), 2)));

    assertThat(fed(10)).containsExactly(second, first);
  }

  /** Else a page may be empty though there is more, and who reads it believes to be at the end. */
  @Test
  void what_lies_in_between_takes_no_room_in_a_page() {
    for (var i = 0; i < 3; i++) {
      commit(user(GLOBEX, "before" + i + "@example.org"));
    }
    var first = commit(user(ACME, "a@example.org")).event();
    for (var i = 0; i < 3; i++) {
      commit(user(GLOBEX, "between" + i + "@example.org"));
    }
    var second = commit(user(ACME, "b@example.org")).event();
    deliverAll();

    assertThat(fed(1)).containsExactly(first);
    assertThat(fed(2)).containsExactly(first, second);
    assertThat(store.log().select(new OfTenant(ACME), 0, 1))
        .extracting(Logged::event)
        .containsExactly(first);
    assertThat(store.log().select(new OfTenant(ACME), 0, 2))
        .extracting(Logged::event)
        .containsExactly(first, second);
  }

  @Test
  void who_goes_on_from_a_position_misses_nothing() {
    for (var i = 0; i < 5; i++) {
      commit(user(ACME, "u" + i + "@example.org"));
    }
    deliverAll();
    var all = store.log().after(ACME, Position.START, 10);

    var firstTwo = store.log().after(ACME, Position.START, 2);
    var rest = store.log().after(ACME, firstTwo.getLast().position(), 10);
    commit(user(ACME, "late@example.org"));
    deliverAll();
    var late = store.log().after(ACME, all.getLast().position(), 10);

    assertThat(all).hasSize(5).startsWith(firstTwo.toArray(Published[]::new));
    assertThat(rest).isEqualTo(all.subList(2, 5));
    assertThat(late).hasSize(1);
  }

  @Test
  void an_event_that_is_delivered_again_keeps_its_place() {
    commit(user(ACME, "a@example.org"));
    var pending = store.outbox().next(10);
    store.outbox().delivered(holder(), List.of(new Delivery(pending.getFirst(), 1)));
    var before = store.log().after(ACME, Position.START, 10);

    store.outbox().delivered(holder(), List.of(new Delivery(pending.getFirst(), 7)));

    assertThat(store.log().after(ACME, Position.START, 10)).isEqualTo(before);
  }

  @Test
  void the_feed_survives_a_restart_and_goes_on_behind_it() {
    commit(user(ACME, "a@example.org"));
    commit(user(ACME, "b@example.org"));
    deliverAll();
    var before = store.log().after(ACME, Position.START, 10);

    store.restart();

    assertThat(store.log().after(ACME, Position.START, 10)).isEqualTo(before).hasSize(2);
    var late = commit(user(ACME, "late@example.org")).event();
    deliverAll();
    assertThat(store.log().after(ACME, before.getLast().position(), 10))
        .extracting(Published::event)
        .containsExactly(late);
    assertThat(fed(10)).hasSize(3).endsWith(late);
  }

  @Test
  void a_selection_has_the_delivered_events_that_it_means_in_the_order_of_their_sequence() {
    var ana = user(ACME, "ana@example.org");
    var created = commit(ana).event();
    var others = commit(user(GLOBEX, "bob@example.org")).event();
    var changed = commit(changed(ana, profile("ana@example.org", "II"))).event();
    var early = START.minusSeconds(9); // by a clock that is slow
    var slow = commit(user(GLOBEX, profile("eve@example.org"), early)).event();
    deliverAll();
    commit(user(ACME, "late@example.org"));

    assertThat(selected(new OfTenant(ACME))).containsExactly(created, changed);
    assertThat(selected(new OfUser(others.user().id()))).containsExactly(others);
    assertThat(selected(new Since(changed.at()))).containsExactly(changed);
    assertThat(selected(new Since(changed.at().plusMillis(1)))).isEmpty();
    assertThat(selected(new Since(created.at()))).containsExactly(created, others, changed);
    assertThat(selected(new Since(early))).containsExactly(created, others, changed, slow);
    var first = store.log().select(new OfTenant(ACME), 0, 1);
    assertThat(first).extracting(Logged::event).containsExactly(created);
    assertThat(store.log().select(new OfTenant(ACME), first.getFirst().sequence(), 10))
        .extracting(Logged::event)
        .containsExactly(changed);
  }

  @Test
  void an_event_that_is_pending_once_more_stays_in_feed_and_selection() {
    store.ledger().observe(holder(), new StreamState("one", 1, 100, Optional.empty()));
    var event = commit(user(ACME, "a@example.org")).event();
    deliverAll();

    store.ledger().reopen(holder(), 0, Optional.empty(), 10);

    assertThat(pendingEvents()).containsExactly(event);
    assertThat(fed(10)).containsExactly(event);
    assertThat(selected(new OfTenant(ACME))).containsExactly(event);
  }

  @Test
  void a_dropped_event_is_in_the_history_alone() {
    var ana = user(ACME, "ana@example.org");
    var event = commit(ana).event();
    store.outbox().quarantine(holder(), store.outbox().next(1).getFirst(), "too large");

    store.outbox().drop(List.of(event.id()));

    assertThat(store.log().history(ana.key(), Optional.empty(), 10)).containsExactly(event);
    assertThat(fed(10)).isEmpty();
    assertThat(selected(new OfTenant(ACME))).isEmpty();
    assertThat(selected(new OfUser(ana.key().id()))).isEmpty();
    assertThat(selected(new Since(event.at()))).isEmpty();
  }

  private List<RecordedEvent> selected(Selection selection) {
    return store.log().select(selection, 0, 10).stream().map(Logged::event).toList();
  }

  @Test
  void a_store_out_of_reach_is_unavailable() {
    var ana = user(ACME, "ana@example.org").key();

    assertUnavailable(
        () -> store.log().history(ana, Optional.empty(), 10),
        () -> store.log().after(ACME, Position.START, 10),
        () -> store.log().select(new OfTenant(ACME), 0, 10));
  }
}
