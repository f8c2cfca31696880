package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.DeliveryObserver.Quarantined;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.OperateEvents.QuarantinedEvent;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.domain.user.TenantId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an operator does with events: those that were refused, and those of the past. */
@Execution(ExecutionMode.CONCURRENT)
final class OperateEventsTest {
  private final Hexagon hexagon = new Hexagon();
  private final Relays relays = new Relays(hexagon);

  @BeforeEach
  void start() {
    relays.start();
  }

  @AfterEach
  void stop() {
    relays.close();
  }

  @Test
  void a_refused_event_goes_when_it_is_retried_and_its_users_later_ones_behind_it() {
    hexagon.stream.refusesMoreThan(10);
    var ana = user(ACME, "ana@example.org");
    var first = hexagon.committed(ana);
    var second = hexagon.committed(changed(ana, profile("ana@example.org", "II")));
    await().until(() -> !hexagon.observer.facts(Quarantined.class).isEmpty());
    var operator = hexagon.application.operateEvents();
    assertThat(operator.quarantined(10)).extracting(QuarantinedEvent::event).containsExactly(first);

    hexagon.stream.refusesNothing();
    assertThat(operator.retry(List.of(first.id()))).containsExactly(first.id());

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).containsExactly(first, second);
  }

  @Test
  void a_refused_event_that_is_dropped_lets_its_users_later_ones_go() {
    hexagon.stream.refusesMoreThan(10);
    var ana = user(ACME, "ana@example.org");
    var first = hexagon.committed(ana);
    var second = hexagon.committed(changed(ana, profile("ana@example.org", "II")));
    await().until(() -> !hexagon.observer.facts(Quarantined.class).isEmpty());
    hexagon.stream.refusesNothing();

    assertThat(hexagon.application.operateEvents().drop(List.of(first.id())))
        .containsExactly(first.id());

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).containsExactly(second);
  }

  @Test
  void a_replay_publishes_again_under_new_ids_in_order() {
    var events = relays.lives(12);
    var other = hexagon.committed(user(GLOBEX, "bob@example.org"));
    hexagon.awaitAllDelivered();
    relays.close();

    assertThat(replayed(new OfTenant(GLOBEX))).isEqualTo(1);
    assertThat(replayed(new OfUser(events.getFirst().user().id()))).isPositive();
    assertThat(replayed(new Since(events.getFirst().at()))).isEqualTo(13);
    assertThat(replayed(new OfTenant(new TenantId("nobody")))).isZero();

    var replays = hexagon.stream.publications().stream().filter(Publication::isReplay).toList();
    assertThat(replays.getFirst().event()).isEqualTo(other);
    assertThat(replays).extracting(Publication::messageId).doesNotHaveDuplicates();
    Hexagon.assertOrderPerUser(
        replays.subList(replays.size() - 13, replays.size()).stream()
            .map(Publication::event)
            .toList());
  }

  private long replayed(Selection selection) {
    return hexagon.application.operateEvents().replay(selection, 0, _ -> {});
  }

  @Test
  void a_replay_into_a_stream_that_is_away_fails_with_a_reason() {
    relays.lives(3);
    relays.close();
    hexagon.stream.away(true);

    assertThatThrownBy(
            () -> hexagon.application.operateEvents().replay(new OfTenant(ACME), 0, _ -> {}))
        .isInstanceOf(StreamUnavailable.class);
  }
}
