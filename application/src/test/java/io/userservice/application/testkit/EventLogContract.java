package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.EventLog.Logged;
import io.userservice.application.driven.EventLog.Published;
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

    assertThat(store.log().history(ana.key(), Optional.empty(), 10)).containsExactly(event);
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
  void the_feed_survives_a_restart() {
    commit(user(ACME, "a@example.org"));
    deliverAll();
    var before = store.log().after(ACME, Position.START, 10);

    store.restart();

    assertThat(store.log().after(ACME, Position.START, 10)).isEqualTo(before).hasSize(1);
  }

  @Test
  void a_selection_has_the_delivered_events_that_it_means_in_the_order_of_their_sequence() {
    var ana = user(ACME, "ana@example.org");
    var created = commit(ana).event();
    var others = commit(user(GLOBEX, "bob@example.org")).event();
    var changed = commit(changed(ana, profile("ana@example.org", "II"))).event();
    deliverAll();
    commit(user(ACME, "late@example.org"));

    assertThat(selected(new OfTenant(ACME))).containsExactly(created, changed);
    assertThat(selected(new OfUser(others.user().id()))).containsExactly(others);
    assertThat(selected(new Since(changed.at()))).containsExactly(changed);
    assertThat(selected(new Since(created.at()))).containsExactly(created, others, changed);
    var first = store.log().select(new OfTenant(ACME), 0, 1);
    assertThat(first).extracting(Logged::event).containsExactly(created);
    assertThat(store.log().select(new OfTenant(ACME), first.getFirst().sequence(), 10))
        .extracting(Logged::event)
        .containsExactly(changed);
  }

  private List<RecordedEvent> selected(Selection selection) {
    return store.log().select(selection, 0, 10).stream().map(Logged::event).toList();
  }
}
