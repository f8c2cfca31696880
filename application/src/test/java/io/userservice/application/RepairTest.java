package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.application.FreezingPublisher.Moment;
import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.DeliveryObserver.LeaseLost;
import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.Quarantined;
import io.userservice.application.driven.DeliveryObserver.Repaired;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.OperateEvents.QuarantinedEvent;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedPublisher;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A stream that forgets what it acknowledged, or didn't say what it stored. */
@Execution(ExecutionMode.CONCURRENT)
final class RepairTest {
  private final Hexagon hexagon = new Hexagon();
  private final List<RelayLoop> relays = new ArrayList<>();

  @BeforeEach
  void start() {
    startRelay();
  }

  private RelayLoop startRelay() {
    var relay = hexagon.application.relay(Hexagon.QUICK);
    relays.add(relay);
    relay.start();
    return relay;
  }

  @AfterEach
  void stop() {
    relays.forEach(RelayLoop::close);
  }

  @Test
  void what_a_rolled_back_stream_lost_is_published_again() {
    var events = lives(30);

    hexagon.stream.rollsBackTo(10);

    awaitRepaired(20);
    assertThat(repairs()).containsExactly("it ended at 10 and not at 30");
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
    assertOrderPerUser();
  }

  @Test
  void what_is_committed_meanwhile_comes_behind_what_was_lost() {
    var ana = user(ACME, "ana@example.org");
    var first = committed(ana);
    awaitDelivered();
    hexagon.stream.away(true);
    hexagon.stream.rollsBackTo(0);
    var second = committed(changed(ana, profile("ana@example.org", "II")));

    hexagon.stream.away(false);

    awaitRepaired(1);
    awaitDelivered();
    assertThat(hexagon.stream.events()).containsExactly(first, second);
  }

  @Test
  void a_stream_that_was_made_anew_gets_everything_it_held() {
    var events = lives(30);

    hexagon.stream.isMadeAnew();

    awaitRepaired(30);
    assertThat(repairs()).containsExactly("it is another stream than before");
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
    assertOrderPerUser();
  }

  @Test
  void a_loss_that_no_interruption_told_of_is_noticed_by_looking() {
    lives(30);

    hexagon.stream.rollsBackUnnoticedTo(10);

    awaitRepaired(20);
    assertThat(hexagon.stream.events()).hasSize(30);
  }

  @Test
  void a_loss_is_noticed_at_the_latest_by_the_next_event() {
    closeRelays();
    var events = lives(30);
    var relay =
        hexagon.application.relay(rarelyLooking(Duration.ofMillis(1), Duration.ofMillis(20)));
    relays.add(relay);
    relay.start();
    awaitDelivered();

    hexagon.stream.rollsBackUnnoticedTo(10);
    events.add(committed(user(ACME, "late@example.org")));

    awaitRepaired(20);
    awaitDelivered();
    assertThat(repairs()).containsExactly("it ended at 10 and not at 30");
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void however_much_was_lost_it_is_published_again() {
    var events = lives(1_100);

    hexagon.stream.rollsBackTo(0);

    awaitRepaired(1_100);
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
    assertOrderPerUser();
  }

  @Test
  void however_much_the_former_instance_sent_it_is_found() {
    closeRelays();
    var events = lives(1_100);
    observeStream();
    hexagon.stream.session().publish(events.stream().map(Publication::of).toList());
    hexagon.stream.forgetsDuplicates();

    startRelay();

    awaitDelivered();
    assertThat(hexagon.stream.events()).isEqualTo(events);
  }

  @Test
  void what_was_stored_just_now_is_published_again_however_long_ago_it_happened() {
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    relayWithMaxAge(Duration.ofDays(7));
    var old = committed(user(ACME, profile("old@example.org"), now.minus(Duration.ofDays(8))));
    var young = committed(user(ACME, profile("young@example.org"), now.minus(Duration.ofDays(6))));
    awaitDelivered();

    hexagon.stream.rollsBackTo(0);

    awaitRepaired(2);
    assertThat(hexagon.stream.events()).containsExactly(old, young);
  }

  @Test
  void what_the_stream_would_have_dropped_by_now_is_not_published_again() {
    relayWithMaxAge(Duration.ZERO);
    committed(user(ACME, "old@example.org"));
    awaitDelivered();

    hexagon.stream.rollsBackTo(0);

    await().until(() -> hexagon.persistence.ledger().known().orElseThrow().last() == 0);
    var young = committed(user(ACME, "young@example.org"));
    awaitDelivered();
    assertThat(hexagon.stream.events()).containsExactly(young);
    assertThat(hexagon.observer.facts(Repaired.class)).isEmpty();
  }

  private void relayWithMaxAge(Duration maxAge) {
    closeRelays();
    var forgetful =
        new DecoratedPublisher(hexagon.stream) {
          @Override
          protected StreamState look(Session behind) {
            var state = behind.look();
            return new StreamState(
                state.incarnation(), state.first(), state.last(), Optional.of(maxAge));
          }
        };
    var relay = hexagon.instance(InstantSource.system(), forgetful).relay(Hexagon.QUICK);
    relays.add(relay);
    relay.start();
  }

  @Test
  void what_limits_or_an_operator_removed_stays_removed() {
    lives(30);
    hexagon.stream.dropsBefore(21);
    await().until(() -> hexagon.persistence.ledger().known().orElseThrow().first() == 21);
    hexagon.stream.away(true);
    hexagon.stream.away(false);
    committed(user(ACME, "late@example.org"));
    awaitDelivered();
    assertThat(hexagon.observer.facts(Repaired.class)).isEmpty();
    assertThat(hexagon.stream.events()).hasSize(11);

    hexagon.stream.isMadeAnew();

    awaitRepaired(11);
    assertThat(hexagon.stream.events()).hasSize(11);
  }

  @Test
  void what_was_removed_stays_removed_also_when_the_stream_goes_back_behind_that() {
    lives(30);
    hexagon.stream.dropsBefore(26);
    await().until(() -> hexagon.persistence.ledger().known().orElseThrow().first() == 26);

    hexagon.stream.rollsBackTo(10);

    awaitRepaired(5);
    assertThat(hexagon.stream.events()).hasSize(5);

    hexagon.stream.away(true); // it is compared again, and ends before the last that was removed
    hexagon.stream.away(false);
    committed(user(ACME, "late@example.org"));
    awaitDelivered();
    assertThat(hexagon.stream.events()).hasSize(6);
  }

  @Test
  void what_was_stored_without_a_word_is_found_also_when_the_duplicate_window_is_over() {
    hexagon.stream.losesAcknowledgementsAfter(3);
    lives(1);
    for (var i = 0; i < 9; i++) {
      committed(user(ACME, "u" + i + "@example.org"));
    }
    await().until(() -> !hexagon.observer.facts(Postponed.class).isEmpty());
    hexagon.stream.away(true);
    hexagon.stream.forgetsDuplicates();
    hexagon.stream.acknowledgesAll();

    hexagon.stream.away(false);

    awaitDelivered();
    assertThat(hexagon.stream.events()).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void who_takes_over_finds_what_the_former_instance_sent() {
    closeRelays();
    var events =
        List.of(committed(user(ACME, "a@example.org")), committed(user(ACME, "b@example.org")));
    observeStream();
    hexagon.stream.session().publish(events.stream().map(Publication::of).toList());
    hexagon.stream.forgetsDuplicates();

    startRelay();

    awaitDelivered();
    assertThat(hexagon.stream.events()).isEqualTo(events);
  }

  @Test
  void who_was_frozen_sends_nothing_when_another_has_taken_over() {
    var way = new FreezingPublisher(hexagon.stream, Moment.BEFORE_IT_ASKS);

    isFrozenWhileAnotherTakesOver(way);

    assertThat(way.outcomes()).hasSize(1).allMatch(Unknown.class::isInstance);
  }

  @Test
  void what_was_on_its_way_when_another_took_over_isnt_stored() {
    var way = new FreezingPublisher(hexagon.stream, Moment.WHEN_IT_WAS_PERMITTED);

    isFrozenWhileAnotherTakesOver(way);

    assertThat(way.outcomes()).hasSize(1).allMatch(Overtaken.class::isInstance);
  }

  private void observeStream() {
    var lease = hexagon.persistence.lease().tryAcquire().orElseThrow();
    hexagon.persistence.ledger().observe(lease.token(), hexagon.stream.session().look());
    lease.release();
  }

  private void isFrozenWhileAnotherTakesOver(FreezingPublisher way) {
    var former = startRelayOn(way);
    var events = List.of(committed(user(ACME, "a@example.org")));
    way.awaitFreeze();
    var other = startRelay();
    awaitDelivered();
    hexagon.stream.forgetsDuplicates();

    way.thaw();

    await().until(() -> !hexagon.observer.facts(LeaseLost.class).isEmpty());
    other.close();
    former.close();
    assertThat(hexagon.stream.events()).isEqualTo(events);
  }

  private RelayLoop startRelayOn(FreezingPublisher way) {
    closeRelays();
    var relay = hexagon.instance(InstantSource.system(), way).relay(Hexagon.QUICK);
    relays.add(relay);
    relay.start();
    return relay;
  }

  @Test
  void what_another_stored_late_is_found_and_not_stored_again() {
    var way = new FreezingPublisher(hexagon.stream, Moment.WHEN_IT_WAS_PERMITTED);
    startRelayOn(way);
    var ana = user(ACME, "ana@example.org");
    var first = committed(ana);
    way.awaitFreeze();

    hexagon.stream.session().publish(List.of(Publication.of(first)));
    hexagon.stream.forgetsDuplicates();
    var second = committed(changed(ana, profile("ana@example.org", "II")));
    way.thaw();

    awaitDelivered();
    assertThat(way.outcomes().getFirst()).isInstanceOf(Overtaken.class);
    assertThat(hexagon.stream.events()).containsExactly(first, second);
    assertThat(hexagon.observer.facts(Postponed.class)).as("nothing went wrong").isEmpty();
  }

  @Test
  void what_is_replayed_meanwhile_comes_between() {
    var past = committed(user(ACME, "past@example.org"));
    awaitDelivered();
    var way = new FreezingPublisher(hexagon.stream, Moment.WHEN_IT_WAS_PERMITTED);
    startRelayOn(way);
    var event = committed(user(ACME, "ana@example.org"));
    way.awaitFreeze();

    hexagon.application.operateEvents().replay(new OfUser(past.user().id()), 0, _ -> {});
    way.thaw();

    awaitDelivered();
    assertThat(hexagon.stream.events()).containsExactly(past, past, event);
  }

  @Test
  void however_often_others_are_faster_it_is_tried_again_soon() {
    closeRelays();
    var tries = new AtomicInteger();
    var busy =
        new DecoratedPublisher(hexagon.stream) {
          @Override
          protected List<Outcome> append(
              Session behind, long end, List<Publication> publications, BooleanSupplier permitted) {
            if (tries.incrementAndGet() <= 15) {
              var elsewhere = commit(user(GLOBEX, "bob@example.org")).event();
              behind.publish(List.of(Publication.of(elsewhere)));
            }
            return behind.append(end, publications, permitted);
          }
        };
    var relay =
        hexagon
            .instance(InstantSource.system(), busy)
            .relay(rarelyLooking(Duration.ofMillis(5), Duration.ofHours(1)));
    relays.add(relay);
    relay.start();

    committed(user(ACME, "ana@example.org"));

    awaitDelivered();
    assertThat(hexagon.stream.events()).hasSize(16);
  }

  /** Hardly ever looks at the stream without a reason, and waits so long after failures. */
  private static RelayLoop.Options rarelyLooking(Duration retryAfter, Duration retryAtMost) {
    return new RelayLoop.Options(
        100,
        Duration.ofMillis(20),
        Duration.ofHours(1),
        Duration.ofMillis(20),
        Duration.ofSeconds(10),
        Duration.ofMillis(20),
        Duration.ofMillis(1),
        50,
        Duration.ofMillis(5),
        retryAfter,
        retryAtMost,
        Duration.ofSeconds(2));
  }

  @Test
  void a_refused_event_goes_when_it_is_retried_and_its_users_later_ones_behind_it() {
    hexagon.stream.refusesMoreThan(10);
    var ana = user(ACME, "ana@example.org");
    var first = committed(ana);
    var second = committed(changed(ana, profile("ana@example.org", "II")));
    await().until(() -> !hexagon.observer.facts(Quarantined.class).isEmpty());
    var operator = hexagon.application.operateEvents();
    assertThat(operator.quarantined(10)).extracting(QuarantinedEvent::event).containsExactly(first);

    hexagon.stream.refusesNothing();
    assertThat(operator.retry(List.of(first.id()))).containsExactly(first.id());

    awaitDelivered();
    assertThat(hexagon.stream.events()).containsExactly(first, second);
  }

  @Test
  void a_refused_event_that_is_dropped_lets_its_users_later_ones_go() {
    hexagon.stream.refusesMoreThan(10);
    var ana = user(ACME, "ana@example.org");
    var first = committed(ana);
    var second = committed(changed(ana, profile("ana@example.org", "II")));
    await().until(() -> !hexagon.observer.facts(Quarantined.class).isEmpty());
    hexagon.stream.refusesNothing();

    assertThat(hexagon.application.operateEvents().drop(List.of(first.id())))
        .containsExactly(first.id());

    awaitDelivered();
    assertThat(hexagon.stream.events()).containsExactly(second);
  }

  @Test
  void a_replay_publishes_again_under_new_ids_in_order() {
    var events = lives(12);
    var other = committed(user(GLOBEX, "bob@example.org"));
    awaitDelivered();
    closeRelays();

    assertThat(replayed(new OfTenant(GLOBEX))).isEqualTo(1);
    assertThat(replayed(new OfUser(events.getFirst().user().id()))).isPositive();
    assertThat(replayed(new Since(events.getFirst().at()))).isEqualTo(13);
    assertThat(replayed(new OfTenant(new TenantId("nobody")))).isZero();

    var replays = hexagon.stream.publications().stream().filter(Publication::isReplay).toList();
    assertThat(replays.getFirst().event()).isEqualTo(other);
    assertThat(replays).extracting(Publication::messageId).doesNotHaveDuplicates();
    assertOrderPerUser(
        replays.subList(replays.size() - 13, replays.size()).stream()
            .map(Publication::event)
            .toList());
  }

  private long replayed(Selection selection) {
    return hexagon.application.operateEvents().replay(selection, 0, _ -> {});
  }

  @Test
  void a_replay_into_a_stream_that_is_away_fails_with_a_reason() {
    lives(3);
    closeRelays();
    hexagon.stream.away(true);

    assertThatThrownBy(
            () -> hexagon.application.operateEvents().replay(new OfTenant(ACME), 0, _ -> {}))
        .isInstanceOf(StreamUnavailable.class);
  }

  /** So many events of a few users, delivered when a relay is at work. */
  private List<RecordedEvent> lives(int count) {
    var events = new ArrayList<RecordedEvent>();
    var users = new ArrayList<ActiveUser>();
    for (var i = 0; i < count; i++) {
      if (i < 5) {
        users.add(user(ACME, "life" + i + "@example.org"));
      } else {
        users.set(
            i % 5, changed(users.get(i % 5), profile("life" + i % 5 + "@example.org", "N" + i)));
      }
      events.add(committed(users.get(i % 5)));
    }
    if (!relays.isEmpty() && hexagon.observer.facts(Postponed.class).isEmpty()) {
      awaitUnlessUnheard();
    }
    return events;
  }

  private void awaitUnlessUnheard() {
    await()
        .until(
            () ->
                hexagon.persistence.outbox().next(1).isEmpty()
                    || !hexagon.observer.facts(Postponed.class).isEmpty());
  }

  private RecordedEvent committed(ActiveUser user) {
    var commit = commit(user);
    hexagon.persistence.users().commit(commit);
    return commit.event();
  }

  private void closeRelays() {
    relays.forEach(RelayLoop::close);
    relays.clear();
  }

  private void awaitDelivered() {
    await().until(() -> hexagon.persistence.outbox().next(1).isEmpty());
  }

  private List<String> repairs() {
    return hexagon.observer.facts(Repaired.class).stream().map(Repaired::what).distinct().toList();
  }

  private void awaitRepaired(int events) {
    await()
        .until(
            () -> hexagon.observer.facts(Repaired.class).stream().mapToLong(Repaired::events).sum(),
            sum -> sum == events);
    awaitDelivered();
  }

  private void assertOrderPerUser() {
    assertOrderPerUser(hexagon.stream.events());
  }

  private static void assertOrderPerUser(List<RecordedEvent> events) {
    var versions = new HashMap<Object, Long>();
    for (var event : events) {
      var expected = versions.merge(event.user(), 1L, Long::sum);
      assertThat(event.version().value()).as("next of " + event.user()).isEqualTo(expected);
    }
  }
}
