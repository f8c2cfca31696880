package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.delivery.Relay.Idle;
import io.userservice.application.delivery.Relay.Progress;
import io.userservice.application.delivery.Relay.Stuck;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Quarantined;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.RecordingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One step after another, by a lease of nine seconds that is renewed every three. */
final class RelayStepTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InMemoryPersistence store =
      new InMemoryPersistence(now::get, Duration.ofSeconds(9));
  private final InMemoryStream stream = new InMemoryStream();
  private final RecordingObserver observer = new RecordingObserver();
  private final AtomicReference<Consumer<List<Outcome>>> afterSending =
      new AtomicReference<>(_ -> {});
  private final HeldLease lease =
      new HeldLease(
          store.lease().tryAcquire().orElseThrow(),
          new Interval(now::get, Duration.ofSeconds(3)),
          new Interval(now::get, Duration.ofSeconds(30)));
  private final PendingEvents events =
      new PendingEvents(
          new Counting(),
          observer,
          new Interval(now::get, Duration.ofMillis(20)),
          100,
          Runnable::run);
  private final Intake intake =
      new Intake(events, store.recent(), new Interval(now::get, Duration.ofSeconds(5)));
  private final StreamWatch watch =
      new StreamWatch(
          new WatchedPublisher(stream, afterSending),
          store.ledger(),
          events,
          intake,
          observer,
          now::get,
          new Interval(now::get, Duration.ofHours(1)));
  private final Relay relay = new Relay(events, intake, watch, observer, now::get);

  private int asked;

  RelayStepTest() {
    events.begin(lease);
  }

  /** How often the outbox is asked what is next. */
  private final class Counting extends DecoratedOutbox {
    Counting() {
      super(store.outbox());
    }

    @Override
    public List<Pending> next(int limit) {
      asked++;
      return inner.next(limit);
    }
  }

  /** It comes from the outbox first, and is in memory all the same. */
  @Test
  void what_was_set_aside_is_not_sent_from_memory() {
    relay.step(lease, 10);
    store.users().commit(commit(user(ACME, "ana@example.org")));
    now.set(now.get().plusSeconds(5)); // when the outbox is asked without any doubt
    stream.refusesMoreThan(10);
    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(1));
    stream.refusesNothing();

    assertThat(relay.step(lease, 10)).isEqualTo(new Idle());

    assertThat(stream.events()).isEmpty();
    assertThat(store.outbox().quarantined(10)).hasSize(1);
  }

  @Test
  void a_step_says_how_far_it_came() {
    assertThat(relay.step(lease, 10)).isEqualTo(new Idle());

    committed("a@example.org");
    committed("b@example.org");
    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(2));

    committed("c@example.org");
    stream.losesAcknowledgementsAfter(0);
    assertThat(relay.step(lease, 10)).isEqualTo(new Stuck());
    events.settle();
    assertThat(store.outbox().next(10)).hasSize(1);
  }

  /** What goes behind it finds that its place isn't there. */
  @Test
  void a_refusal_is_a_step_forward_though_it_keeps_others_from_going() {
    var refused = committed("a@example.org");
    committed("b@example.org");
    afterSending.set(
        outcomes -> {
          outcomes.set(0, new Refused("too large"));
          outcomes.set(1, new Overtaken());
        });

    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(2));

    assertThat(store.outbox().quarantined(10))
        .extracting(Quarantined::event)
        .containsExactly(refused);
  }

  @Test
  void what_follows_what_was_sent_is_not_asked_for() {
    relay.step(lease, 10);
    var ana = user(ACME, "ana@example.org");
    store.users().commit(commit(ana));
    relay.step(lease, 10);
    store.users().commit(commit(changed(ana, profile("ana@example.org", "II"))));

    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(1));
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void what_was_published_is_told_before_what_was_not() {
    committed("a@example.org");
    committed("b@example.org");
    stream.losesAcknowledgementsAfter(1);

    relay.step(lease, 10);

    assertThat(observer.facts()).hasExactlyElementsOfTypes(Published.class, Postponed.class);
  }

  @Test
  void a_stream_that_is_away_is_in_the_way_of_what_waits_only() {
    stream.away(true);
    assertThat(relay.step(lease, 10)).isEqualTo(new Idle());

    committed("a@example.org");
    assertThat(relay.step(lease, 10)).isEqualTo(new Stuck());
  }

  @Test
  void who_loses_the_lease_over_it_leaves_the_outbox_alone() {
    committed("a@example.org");
    afterSending.set(
        _ -> {
          now.set(NOW.plusSeconds(9));
          store.lease().tryAcquire().orElseThrow();
        });

    assertThatThrownBy(() -> relay.step(lease, 10)).isInstanceOf(LeaseGone.class);
    assertThat(store.outbox().next(10)).hasSize(1);
    assertThat(observer.facts(Published.class)).isEmpty();
  }

  @Test
  void who_gets_it_again_goes_on() {
    committed("a@example.org");
    afterSending.set(_ -> now.set(NOW.plusSeconds(9)));

    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(1));
    events.settle();
    assertThat(store.outbox().next(10)).isEmpty();
  }

  @Test
  void what_was_acknowledged_is_marked_before_the_lease_is_offered() {
    committed("a@example.org");
    relay.step(lease, 10);
    stream.away(true);
    now.set(NOW.plusSeconds(9)); // the lease is over, and to be renewed

    relay.step(lease, 10);

    assertThat(store.outbox().next(10)).isEmpty();
    assertThat(store.lease().tryTakeOver()).as("it was renewed for the mark").isEmpty();
  }

  @Test
  void what_others_overtook_waits_for_another_comparison() {
    relay.step(lease, 10);
    var first = committed("a@example.org");
    var second = committed("b@example.org");
    stream.session().publish(List.of(Publication.of(second)));
    intake.forget();

    assertThat(relay.step(lease, 10)).as("a's place is taken").isEqualTo(new Relay.Overtaken());
    assertThat(relay.step(lease, 10)).as("b is found, a sent behind").isEqualTo(new Progress(1));

    events.settle();
    assertThat(store.outbox().next(10)).isEmpty();
    assertThat(stream.events()).containsExactly(second, first);
  }

  @Test
  void of_many_versions_of_a_user_those_that_are_left_go_next() {
    relay.step(lease, 200);
    var versions = versions(100); // which are in memory

    assertThat(relay.step(lease, 200)).isEqualTo(new Progress(100));
    assertThat(stream.events()).as("others have their turn").hasSize(64);
    assertThat(relay.step(lease, 200)).isEqualTo(new Progress(36));

    assertThat(stream.events()).isEqualTo(versions);
    assertThat(relay.step(lease, 200)).isEqualTo(new Idle());
  }

  @Test
  void while_many_versions_of_a_user_go_the_lease_is_renewed() {
    versions(60);
    afterSending.set(_ -> now.set(now.get().plusMillis(200)));

    assertThat(relay.step(lease, 100)).isEqualTo(new Progress(60));

    assertThat(stream.events()).hasSize(60);
    assertThat(observer.facts(Postponed.class)).isEmpty();
  }

  private List<RecordedEvent> versions(int count) {
    var events = new ArrayList<RecordedEvent>();
    var ana = user(ACME, "ana@example.org");
    for (var i = 0; i < count; i++) {
      ana = i == 0 ? ana : changed(ana, profile("ana@example.org", "N" + i));
      var commit = commit(ana);
      store.users().commit(commit);
      events.add(commit.event());
    }
    return events;
  }

  private RecordedEvent committed(String email) {
    var commit = commit(user(ACME, email));
    store.users().commit(commit);
    return commit.event();
  }
}
