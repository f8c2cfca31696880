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
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.Position;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the watch finds when it compares the stream with what it should hold. */
@Execution(ExecutionMode.CONCURRENT)
final class StreamWatchTest {
  private final WatchStage stage = new WatchStage();

  /** They may be large. */
  @Test
  void of_what_is_found_a_hundred_are_had_at_once() {
    stage.send(stage.committed(250));

    stage.session();

    assertThat(stage.store.outbox().next(10)).isEmpty();
    assertThat(stage.mostAtOnce()).isEqualTo(100);
  }

  @Test
  void it_looks_when_it_is_time_to() {
    assertThat(stage.watch.isDue()).isTrue();
    stage.session();
    stage.session();
    assertThat(stage.watch.isDue()).isFalse();
    assertThat(stage.looks()).isEqualTo(1);

    stage.now.set(WatchStage.NOW.plusSeconds(10));
    assertThat(stage.watch.isDue()).isTrue();
    stage.session();
    assertThat(stage.looks()).isEqualTo(2);
  }

  @Test
  void a_stream_that_ends_where_it_should_is_not_compared_again() {
    stage.delivered(2);
    stage.session();
    stage.committed(1);

    stage.now.set(WatchStage.NOW.plusSeconds(10));
    stage.session();

    assertThat(stage.asked).isEmpty();
    assertThat(stage.observer.facts()).isEmpty();
  }

  @Test
  void what_the_stream_may_hold_unheard_of_begins_behind_the_last_delivery() {
    stage.delivered(3);
    var unheard = stage.committed(1);
    stage.send(unheard);

    stage.session();

    assertThat(stage.asked).containsExactly(4L);
    assertThat(stage.store.outbox().next(10)).isEmpty();
  }

  @Test
  void what_is_found_enters_the_feed_in_the_order_of_the_stream() {
    stage.store.ledger().observe(stage.lease.token(), stage.stream.session().look());
    var unheard = stage.committed(2).reversed();
    stage.send(unheard);

    stage.session();

    assertThat(stage.store.log().after(ACME, Position.START, 10))
        .extracting(Published::event)
        .isEqualTo(unheard);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 1_100})
  void what_another_stream_holds_already_is_not_lost(int held) {
    var events = stage.delivered(held + 1);
    stage.stream.isMadeAnew();
    stage.send(events.subList(0, held));

    stage.session();

    assertThat(stage.observer.facts(Repaired.class))
        .extracting(Repaired::events)
        .containsExactly(1L);
    assertThat(stage.store.outbox().next(10)).hasSize(1);
    assertThat(stage.asked).isEqualTo(Stream.of(1L, 1_001L).filter(from -> from <= held).toList());
  }

  @Test
  void another_stream_has_lost_all_even_if_it_is_longer() {
    stage.delivered(2);
    stage.stream.isMadeAnew();
    stage.send(WatchStage.committedElsewhere(5));

    stage.session();

    assertThat(stage.observer.facts(Repaired.class))
        .extracting(Repaired::events)
        .containsExactly(2L);
  }

  @Test
  void what_was_lost_is_told_once_though_the_first_comparison_came_to_no_end() {
    var events = stage.delivered(3);
    stage.stream.isMadeAnew();
    stage.send(events.subList(0, 1));
    stage.failsAtFirst(1);

    assertThatThrownBy(() -> stage.session()).isInstanceOf(StreamUnavailable.class);
    stage.session();

    assertThat(stage.observer.facts(Repaired.class))
        .containsExactly(new Repaired(2, "it is another stream than before"));
  }

  @Test
  void all_that_was_lost_is_found_at_once() {
    stage.delivered(1_100);
    stage.stream.rollsBackTo(0);

    stage.session();

    assertThat(stage.observer.facts(Repaired.class))
        .extracting(Repaired::events)
        .containsExactly(1_100L);
  }

  @Test
  void what_was_acknowledged_and_is_not_marked_yet_is_lost_like_all() {
    var session = stage.session();
    acknowledged(session);
    stage.stream.rollsBackUnnoticedTo(0);
    stage.now.set(WatchStage.NOW.plusSeconds(10));

    stage.session();

    assertThat(stage.observer.facts(Repaired.class))
        .extracting(Repaired::events)
        .containsExactly(1L);
    assertThat(stage.events.next(10)).hasSize(1);
  }

  @Test
  void another_stream_has_not_what_was_acknowledged_by_the_one_before() {
    var session = stage.session();
    acknowledged(session);
    stage.stream.isMadeAnew();

    stage.session();

    assertThat(stage.observer.facts(Repaired.class))
        .extracting(Repaired::events)
        .containsExactly(1L);
    assertThat(stage.events.next(10)).hasSize(1);
  }

  /** One event that was sent and acknowledged, but isn't marked. */
  private void acknowledged(Session session) {
    var event = stage.committed(1).getFirst();
    var pending = stage.store.outbox().find(List.of(event.id())).getFirst();
    assertThat(stage.watch.append(session, List.of(Publication.of(event)), stage.lease))
        .containsExactly(new Acknowledged(1, false));
    stage.events.acknowledged(
        List.of(
            new Acknowledgement(
                new Delivery(pending, 1),
                new DeliveryObserver.Published(event, 1, false, Duration.ZERO))));
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_reopened_without_the_lease(Moment loss) {
    stage.delivered(1);
    stage.stream.rollsBackTo(0);
    anotherTakesTheLease(loss);

    assertThatThrownBy(() -> stage.session()).isInstanceOf(LeaseGone.class);
    assertThat(stage.store.outbox().next(10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_marked_without_the_lease(Moment loss) {
    stage.store.ledger().observe(stage.lease.token(), stage.stream.session().look());
    stage.send(stage.committed(1));
    anotherTakesTheLease(loss);

    assertThatThrownBy(() -> stage.session()).isInstanceOf(LeaseGone.class);
    assertThat(stage.store.outbox().next(10)).hasSize(1);
  }

  @Test
  void what_an_operator_purges_while_it_runs_is_known_to_be_gone() {
    stage.delivered(3);
    stage.session();
    stage.stream.dropsBefore(3);
    stage.now.set(WatchStage.NOW.plusSeconds(10));

    stage.session();

    assertThat(stage.store.ledger().known().orElseThrow().first()).isEqualTo(3);
  }

  /** Or a later event of a user went out before the one that was lost. */
  @Test
  void what_was_lost_while_it_runs_goes_before_what_is_remembered() {
    var session = stage.session();
    var ana = user(ACME, "ana@example.org");
    var first = commit(ana);
    stage.store.users().commit(first);
    var pending = stage.intake.next(10);
    stage.watch.append(session, List.of(Publication.of(first.event())), stage.lease);
    stage
        .store
        .outbox()
        .delivered(stage.lease.token(), List.of(new Delivery(pending.getFirst(), 1)));
    stage.intake.delivered(pending);
    stage.stream.rollsBackUnnoticedTo(0);
    var second = commit(changed(ana, profile("ana@example.org", "II")));
    stage.store.users().commit(second);
    stage.now.set(WatchStage.NOW.plusSeconds(10));

    stage.session();

    assertThat(stage.intake.next(10))
        .extracting(Pending::event)
        .containsExactly(first.event(), second.event());
  }

  private enum Moment {
    BEFORE_A_LOOK,
    DURING_A_LOOK
  }

  private void anotherTakesTheLease(Moment moment) {
    switch (moment) {
      case BEFORE_A_LOOK -> stage.anotherTakesTheLease();
      case DURING_A_LOOK -> stage.whileLooking.set(stage::anotherTakesTheLease);
    }
  }
}
