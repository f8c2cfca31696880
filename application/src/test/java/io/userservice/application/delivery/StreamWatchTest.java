package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.delivery.PendingEvents.Acknowledgement;
import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.Repaired;
import io.userservice.application.driven.EventLog.Published;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPublisher;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.RecordingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A watch that looks every ten seconds, by a lease of nine. */
@Execution(ExecutionMode.CONCURRENT)
final class StreamWatchTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InMemoryPersistence store =
      new InMemoryPersistence(now::get, Duration.ofSeconds(9));
  private final InMemoryStream stream = new InMemoryStream();
  private final RecordingObserver observer = new RecordingObserver();
  private final List<Long> asked = new ArrayList<>();
  private final AtomicReference<Consumer<List<Outcome>>> afterSending =
      new AtomicReference<>(_ -> {});
  private final AtomicReference<Runnable> whileLooking = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> whileFinding = new AtomicReference<>(() -> {});
  private int failures;
  private int looks;
  private int mostAtOnce;
  private int users;
  private final HeldLease lease =
      new HeldLease(
          store.lease().tryAcquire().orElseThrow(),
          new Interval(now::get, Duration.ofSeconds(3)),
          new Interval(now::get, Duration.ofSeconds(30)));
  private final PendingEvents events =
      new PendingEvents(
          new Found(), observer, new Interval(now::get, Duration.ofMillis(20)), 100, Runnable::run);
  private final Intake intake =
      new Intake(events, store.recent(), new Interval(now::get, Duration.ofHours(1)));
  private final StreamWatch watch =
      new StreamWatch(
          new Asked(),
          store.ledger(),
          events,
          intake,
          observer,
          now::get,
          new Interval(now::get, Duration.ofSeconds(10)));

  StreamWatchTest() {
    events.begin(lease);
  }

  /** Remembers how many events were asked for at once. */
  private final class Found extends DecoratedOutbox {
    Found() {
      super(store.outbox());
    }

    @Override
    public List<Pending> find(Collection<EventId> ids) {
      mostAtOnce = Math.max(mostAtOnce, ids.size());
      return inner.find(ids);
    }
  }

  /** Remembers how often the stream was looked at, and from where its messages were asked for. */
  private final class Asked extends DecoratedPublisher {
    Asked() {
      super(stream);
    }

    @Override
    protected StreamState look(Session behind) {
      looks++;
      var state = behind.look();
      whileLooking.get().run();
      return state;
    }

    @Override
    protected List<Outcome> append(
        Session behind, long end, List<Publication> publications, BooleanSupplier permitted) {
      var outcomes = new ArrayList<>(behind.append(end, publications, permitted));
      afterSending.get().accept(outcomes);
      return outcomes;
    }

    @Override
    protected List<Stored> stored(Session behind, long from, int limit) {
      asked.add(from);
      if (asked.size() <= failures) {
        throw new StreamUnavailable("cut off");
      }
      whileFinding.get().run();
      return behind.stored(from, limit);
    }
  }

  /** They may be large. */
  @Test
  void of_what_is_found_a_hundred_are_had_at_once() {
    send(committed(250));

    watch.session(lease);

    assertThat(store.outbox().next(10)).isEmpty();
    assertThat(mostAtOnce).isEqualTo(100);
  }

  @Test
  void it_looks_when_it_is_time_to() {
    assertThat(watch.isDue()).isTrue();
    watch.session(lease);
    watch.session(lease);
    assertThat(watch.isDue()).isFalse();
    assertThat(looks).isEqualTo(1);

    now.set(NOW.plusSeconds(10));
    assertThat(watch.isDue()).isTrue();
    watch.session(lease);
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void a_stream_that_ends_where_it_should_is_not_compared_again() {
    delivered(2);
    watch.session(lease);
    committed(1);

    now.set(NOW.plusSeconds(10));
    watch.session(lease);

    assertThat(asked).isEmpty();
    assertThat(observer.facts()).isEmpty();
  }

  @Test
  void what_the_stream_may_hold_unheard_of_begins_behind_the_last_delivery() {
    delivered(3);
    var unheard = committed(1);
    send(unheard);

    watch.session(lease);

    assertThat(asked).containsExactly(4L);
    assertThat(store.outbox().next(10)).isEmpty();
  }

  @Test
  void what_is_found_enters_the_feed_in_the_order_of_the_stream() {
    store.ledger().observe(lease.token(), stream.session().look());
    var unheard = committed(2).reversed();
    send(unheard);

    watch.session(lease);

    assertThat(store.log().after(ACME, Position.START, 10))
        .extracting(Published::event)
        .isEqualTo(unheard);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 1_100})
  void what_another_stream_holds_already_is_not_lost(int held) {
    var events = delivered(held + 1);
    stream.isMadeAnew();
    send(events.subList(0, held));

    watch.session(lease);

    assertThat(observer.facts(Repaired.class)).extracting(Repaired::events).containsExactly(1L);
    assertThat(store.outbox().next(10)).hasSize(1);
    assertThat(asked).isEqualTo(Stream.of(1L, 1_001L).filter(from -> from <= held).toList());
  }

  @Test
  void another_stream_has_lost_all_even_if_it_is_longer() {
    delivered(2);
    stream.isMadeAnew();
    send(committedElsewhere(5));

    watch.session(lease);

    assertThat(observer.facts(Repaired.class)).extracting(Repaired::events).containsExactly(2L);
  }

  @Test
  void what_was_lost_is_told_once_though_the_first_comparison_came_to_no_end() {
    var events = delivered(3);
    stream.isMadeAnew();
    send(events.subList(0, 1));
    failures = 1;

    assertThatThrownBy(() -> watch.session(lease)).isInstanceOf(StreamUnavailable.class);
    watch.session(lease);

    assertThat(observer.facts(Repaired.class))
        .containsExactly(new Repaired(2, "it is another stream than before"));
  }

  @Test
  void all_that_was_lost_is_found_at_once() {
    delivered(1_100);
    stream.rollsBackTo(0);

    watch.session(lease);

    assertThat(observer.facts(Repaired.class)).extracting(Repaired::events).containsExactly(1_100L);
  }

  @Test
  void what_was_acknowledged_and_is_not_marked_yet_is_lost_like_all() {
    var session = watch.session(lease);
    acknowledged(session);
    stream.rollsBackUnnoticedTo(0);
    now.set(NOW.plusSeconds(10));

    watch.session(lease);

    assertThat(observer.facts(Repaired.class)).extracting(Repaired::events).containsExactly(1L);
    assertThat(events.next(10)).hasSize(1);
  }

  @Test
  void another_stream_has_not_what_was_acknowledged_by_the_one_before() {
    var session = watch.session(lease);
    acknowledged(session);
    stream.isMadeAnew();

    watch.session(lease);

    assertThat(observer.facts(Repaired.class)).extracting(Repaired::events).containsExactly(1L);
    assertThat(events.next(10)).hasSize(1);
  }

  /** One event that was sent and acknowledged, but isn't marked. */
  private void acknowledged(Session session) {
    var event = committed(1).getFirst();
    var pending = store.outbox().find(List.of(event.id())).getFirst();
    assertThat(watch.append(session, List.of(Publication.of(event)), lease))
        .containsExactly(taken(1));
    events.acknowledged(
        List.of(
            new Acknowledgement(
                new Delivery(pending, 1),
                new DeliveryObserver.Published(event, 1, false, Duration.ZERO))));
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_reopened_without_the_lease(Moment loss) {
    delivered(1);
    stream.rollsBackTo(0);
    anotherTakesTheLease(loss);

    assertThatThrownBy(() -> watch.session(lease)).isInstanceOf(LeaseGone.class);
    assertThat(store.outbox().next(10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_marked_without_the_lease(Moment loss) {
    store.ledger().observe(lease.token(), stream.session().look());
    send(committed(1));
    anotherTakesTheLease(loss);

    assertThatThrownBy(() -> watch.session(lease)).isInstanceOf(LeaseGone.class);
    assertThat(store.outbox().next(10)).hasSize(1);
  }

  @Test
  void what_an_operator_purges_while_it_runs_is_known_to_be_gone() {
    delivered(3);
    watch.session(lease);
    stream.dropsBefore(3);
    now.set(NOW.plusSeconds(10));

    watch.session(lease);

    assertThat(store.ledger().known().orElseThrow().first()).isEqualTo(3);
  }

  /** Or a later event of a user went out before the one that was lost. */
  @Test
  void what_was_lost_while_it_runs_goes_before_what_is_remembered() {
    var session = watch.session(lease);
    var ana = user(ACME, "ana@example.org");
    var first = commit(ana);
    store.users().commit(first);
    var pending = intake.next(10);
    watch.append(session, List.of(Publication.of(first.event())), lease);
    store.outbox().delivered(lease.token(), List.of(new Delivery(pending.getFirst(), 1)));
    intake.delivered(pending);
    stream.rollsBackUnnoticedTo(0);
    var second = commit(changed(ana, profile("ana@example.org", "II")));
    store.users().commit(second);
    now.set(NOW.plusSeconds(10));

    watch.session(lease);

    assertThat(intake.next(10))
        .extracting(Pending::event)
        .containsExactly(first.event(), second.event());
  }

  @Test
  void what_is_appended_is_behind_what_was_compared_and_behind_the_last_that_was_appended() {
    delivered(3);
    var session = watch.session(lease);

    assertThat(append(session, 2)).containsExactly(taken(4), taken(5));
    assertThat(append(session, 1)).containsExactly(taken(6));
  }

  @Test
  void what_was_overtaken_asks_for_another_comparison() {
    var session = watch.session(lease);
    send(committed(1));

    assertThat(append(session, 1)).containsExactly(new Overtaken());
    watch.session(lease);

    assertThat(looks).isEqualTo(2);
    assertThat(append(session, 1)).containsExactly(taken(2));
  }

  @Test
  void what_others_send_while_it_looks_for_something_overtakes_nothing() {
    delivered(3);
    send(committedElsewhere(1));
    committed(1);
    whileFinding.set(() -> send(committedElsewhere(2)));

    var session = watch.session(lease);

    assertThat(append(session, 1)).containsExactly(taken(7));
  }

  @Test
  void behind_an_unknown_outcome_nothing_is_taken_for_acknowledged() {
    var session = watch.session(lease);
    afterSending.set(outcomes -> outcomes.set(1, new Unknown("no answer")));

    var outcomes = append(session, 3);

    assertThat(outcomes.getFirst()).isEqualTo(taken(1));
    assertThat(outcomes.get(2)).isEqualTo(new Overtaken());
    watch.session(lease);
    assertThat(asked).as("where it is looked for").containsExactly(2L);
  }

  @Test
  void what_follows_an_unknown_outcome_that_is_not_stored_is_taken_for_acknowledged() {
    var session = watch.session(lease);
    stream.away(true);
    assertThat(append(session, 1)).hasExactlyElementsOfTypes(Unknown.class);
    stream.away(false);

    assertThat(append(watch.session(lease), 1)).containsExactly(taken(1));
  }

  private static Outcome taken(long sequence) {
    return new Acknowledged(sequence, false);
  }

  private List<Outcome> append(Session session, int count) {
    return watch.append(session, committed(count).stream().map(Publication::of).toList(), lease);
  }

  private enum Moment {
    BEFORE_A_LOOK,
    DURING_A_LOOK
  }

  private void anotherTakesTheLease(Moment moment) {
    switch (moment) {
      case BEFORE_A_LOOK -> anotherTakesTheLease();
      case DURING_A_LOOK -> whileLooking.set(this::anotherTakesTheLease);
    }
  }

  private void anotherTakesTheLease() {
    now.set(NOW.plusSeconds(9));
    store.lease().tryAcquire().orElseThrow();
  }

  /** So many events that the stream has acknowledged. */
  private List<RecordedEvent> delivered(int count) {
    store.ledger().observe(lease.token(), stream.session().look());
    var events = committed(count);
    send(events);
    var deliveries = new ArrayList<Delivery>();
    for (var pending : store.outbox().next(count)) {
      deliveries.add(new Delivery(pending, deliveries.size() + 1L));
    }
    store.outbox().delivered(lease.token(), deliveries);
    return events;
  }

  private List<RecordedEvent> committed(int count) {
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < count; i++) {
      var commit = commit(user(ACME, "u" + users++ + "@example.org"));
      store.users().commit(commit);
      events.add(commit.event());
    }
    return events;
  }

  private static List<RecordedEvent> committedElsewhere(int count) {
    return Stream.generate(() -> commit(user(ACME, "else@example.org")).event())
        .limit(count)
        .toList();
  }

  private void send(List<RecordedEvent> events) {
    stream.session().publish(events.stream().map(Publication::of).toList());
  }
}
