package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.caller;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.StreamLedger.Known;
import io.userservice.application.driven.StreamLedger.Reopened;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.userservice.application.driven.StreamLedger}, one test each. */
public abstract class StreamLedgerContract extends PersistenceContract {

  @Test
  void nothing_is_known_at_first() {
    assertThat(store.ledger().known()).isEmpty();
  }

  @Test
  void the_stream_that_was_observed_last_is_known_also_after_a_restart() {
    store.ledger().observe(holder(), stream("one", 1));
    store.ledger().observe(holder(), stream("one", 7));
    store.restart();

    assertThat(store.ledger().known()).contains(new Known("one", 7, 0));
  }

  @Test
  void deliveries_are_to_the_stream_that_was_observed_last() {
    store.ledger().observe(holder(), stream("one", 1));
    deliver(3, 10);
    assertThat(store.ledger().known()).contains(new Known("one", 1, 12));

    store.ledger().observe(holder(), stream("two", 1));
    assertThat(store.ledger().known()).contains(new Known("two", 1, 0));

    deliver(1, 2);
    assertThat(store.ledger().known()).contains(new Known("two", 1, 2));
    assertThat(store.ledger().reopen(holder(), 0, Optional.empty(), 10))
        .isEqualTo(new Reopened(1, 1));
  }

  @Test
  void what_is_reopened_is_pending_again_in_its_old_order() {
    store.ledger().observe(holder(), stream("one", 1));
    var events = deliver(5, 10);

    assertThat(store.ledger().reopen(holder(), 11, Optional.empty(), 10))
        .isEqualTo(new Reopened(3, 3));

    assertThat(pendingEvents()).isEqualTo(events.subList(2, 5));
    assertThat(store.ledger().known()).contains(new Known("one", 1, 11));
  }

  @Test
  void reopening_begins_with_the_first_goes_on_where_the_limit_was_and_ends() {
    store.ledger().observe(holder(), stream("one", 1));
    var events = deliver(5, 10);

    assertThat(store.ledger().reopen(holder(), 0, Optional.empty(), 3))
        .isEqualTo(new Reopened(3, 3));
    assertThat(pendingEvents()).isEqualTo(events.subList(0, 3));
    assertThat(store.ledger().reopen(holder(), 0, Optional.empty(), 3))
        .isEqualTo(new Reopened(2, 2));
    assertThat(store.ledger().reopen(holder(), 0, Optional.empty(), 3))
        .isEqualTo(new Reopened(0, 0));

    assertThat(pendingEvents()).isEqualTo(events);
  }

  @Test
  void what_was_delivered_is_known_and_reopened_after_a_restart_too() {
    store.ledger().observe(holder(), stream("one", 1));
    var events = deliver(3, 10);

    store.restart();

    assertThat(store.ledger().known()).contains(new Known("one", 1, 12));
    assertThat(store.ledger().reopen(holder(), 10, Optional.empty(), 10))
        .isEqualTo(new Reopened(2, 2));
    assertThat(pendingEvents()).isEqualTo(events.subList(1, 3));
  }

  @Test
  void what_was_delivered_too_long_ago_is_forgotten_and_not_reopened() {
    store.ledger().observe(holder(), stream("one", 1));
    deliver(2, 10);

    assertThat(store.ledger().reopen(holder(), 0, Optional.of(Duration.ZERO), 10))
        .isEqualTo(new Reopened(2, 0));

    assertThat(pendingEvents()).isEmpty();
    assertThat(store.ledger().known()).contains(new Known("one", 1, 0));
  }

  /** While the stream was away, say. */
  @Test
  void what_happened_long_ago_and_was_delivered_just_now_is_reopened() {
    store.ledger().observe(holder(), stream("one", 1));
    var events = deliver(2, 10);
    var maxAge = Duration.ofHours(1);
    assertThat(events).allMatch(event -> event.at().isBefore(Instant.now().minus(maxAge)));

    assertThat(store.ledger().reopen(holder(), 0, Optional.of(maxAge), 10))
        .isEqualTo(new Reopened(2, 2));

    assertThat(pendingEvents()).isEqualTo(events);
  }

  @Test
  void the_feed_keeps_an_event_at_the_place_of_its_first_delivery() {
    store.ledger().observe(holder(), stream("one", 1));
    var events = deliver(3, 10);
    var feed = store.log().after(ACME, Position.START, 10);

    store.ledger().reopen(holder(), 10, Optional.empty(), 10);
    assertThat(store.log().after(ACME, Position.START, 10)).isEqualTo(feed);
    var sequence = 20;
    for (var pending : store.outbox().next(10)) {
      store.outbox().delivered(holder(), List.of(new Delivery(pending, sequence++)));
    }

    assertThat(store.log().after(ACME, Position.START, 10)).isEqualTo(feed).hasSameSizeAs(events);
    assertThat(store.ledger().known()).contains(new Known("one", 1, 21));
  }

  /** It was frozen, or cut off, on the way to the store. */
  @Test
  void who_has_lost_the_lease_observes_nothing_and_reopens_nothing() {
    var mine = store.lease().tryAcquire().orElseThrow();
    store.ledger().observe(mine.token(), stream("one", 1));
    mine.release();
    deliver(1, 10);
    var known = store.ledger().known();

    assertThatThrownBy(() -> store.ledger().observe(mine.token(), stream("two", 1)))
        .isInstanceOf(LeaseGone.class);
    assertThatThrownBy(() -> store.ledger().observe(mine.token(), stream("one", 7)))
        .isInstanceOf(LeaseGone.class);
    assertThatThrownBy(() -> store.ledger().reopen(mine.token(), 0, Optional.empty(), 10))
        .isInstanceOf(LeaseGone.class);

    assertThat(store.ledger().known()).isEqualTo(known);
    assertThat(pendingEvents()).isEmpty();
  }

  /** Commits so many users, and delivers their events at this sequence and the next ones. */
  private List<RecordedEvent> deliver(int count, long from) {
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < count; i++) {
      var name = caller(ACME).tenant() + "" + from + "u" + i;
      events.add(commit(user(ACME, profile(name + "@example.org"), START)).event());
    }
    var sequence = from;
    for (var pending : store.outbox().next(count)) {
      store.outbox().delivered(holder(), List.of(new Delivery(pending, sequence++)));
    }
    return events;
  }

  private static StreamState stream(String incarnation, long first) {
    return new StreamState(incarnation, first, 100, Optional.empty());
  }

  @Test
  void a_store_out_of_reach_is_unavailable() {
    var holder = holder();

    assertUnavailable(
        () -> store.ledger().known(),
        () -> store.ledger().observe(holder, stream("one", 1)),
        () -> store.ledger().reopen(holder, 0, Optional.empty(), 10));
  }
}
