package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.DeliveryObserver.Postponed;
import io.userservice.application.driven.DeliveryObserver.Repaired;
import io.userservice.application.testkit.DecoratedPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A stream that forgets what it acknowledged, or didn't say what it stored. */
@Execution(ExecutionMode.CONCURRENT)
final class RepairTest {
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
  void what_a_rolled_back_stream_lost_is_published_again() {
    var events = relays.lives(30);

    hexagon.stream.rollsBackTo(10);

    awaitRepaired(20);
    assertThat(repairs()).containsExactly("it ended at 10 and not at 30");
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
    hexagon.assertOrderPerUser();
  }

  @Test
  void what_is_committed_meanwhile_comes_behind_what_was_lost() {
    var ana = user(ACME, "ana@example.org");
    var first = hexagon.committed(ana);
    hexagon.awaitAllDelivered();
    hexagon.stream.away(true);
    hexagon.stream.rollsBackTo(0);
    var second = hexagon.committed(changed(ana, profile("ana@example.org", "II")));

    hexagon.stream.away(false);

    awaitRepaired(1);
    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).containsExactly(first, second);
  }

  @Test
  void a_stream_that_was_made_anew_gets_everything_it_held() {
    var events = relays.lives(30);

    hexagon.stream.isMadeAnew();

    awaitRepaired(30);
    assertThat(repairs()).containsExactly("it is another stream than before");
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
    hexagon.assertOrderPerUser();
  }

  @Test
  void a_loss_that_no_interruption_told_of_is_noticed_by_looking() {
    relays.lives(30);

    hexagon.stream.rollsBackUnnoticedTo(10);

    awaitRepaired(20);
    assertThat(hexagon.stream.events()).hasSize(30);
  }

  @Test
  void a_loss_is_noticed_at_the_latest_by_the_next_event() {
    relays.close();
    var events = relays.lives(30);
    relays.start(
        hexagon.application.relay(
            Relays.rarelyLooking(Duration.ofMillis(1), Duration.ofMillis(20))));
    hexagon.awaitAllDelivered();

    hexagon.stream.rollsBackUnnoticedTo(10);
    events.add(hexagon.committed(user(ACME, "late@example.org")));

    awaitRepaired(20);
    hexagon.awaitAllDelivered();
    assertThat(repairs()).containsExactly("it ended at 10 and not at 30");
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void however_much_was_lost_it_is_published_again() {
    var events = relays.lives(1_100);

    hexagon.stream.rollsBackTo(0);

    awaitRepaired(1_100);
    assertThat(hexagon.stream.events()).containsExactlyInAnyOrderElementsOf(events);
    hexagon.assertOrderPerUser();
  }

  @Test
  void what_was_stored_just_now_is_published_again_however_long_ago_it_happened() {
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    relayWithMaxAge(Duration.ofDays(7));
    var old =
        hexagon.committed(user(ACME, profile("old@example.org"), now.minus(Duration.ofDays(8))));
    var young =
        hexagon.committed(user(ACME, profile("young@example.org"), now.minus(Duration.ofDays(6))));
    hexagon.awaitAllDelivered();

    hexagon.stream.rollsBackTo(0);

    awaitRepaired(2);
    assertThat(hexagon.stream.events()).containsExactly(old, young);
  }

  @Test
  void what_the_stream_would_have_dropped_by_now_is_not_published_again() {
    relayWithMaxAge(Duration.ZERO);
    hexagon.committed(user(ACME, "old@example.org"));
    hexagon.awaitAllDelivered();

    hexagon.stream.rollsBackTo(0);

    await().until(() -> hexagon.persistence.ledger().known().orElseThrow().last() == 0);
    var young = hexagon.committed(user(ACME, "young@example.org"));
    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).containsExactly(young);
    assertThat(hexagon.observer.facts(Repaired.class)).isEmpty();
  }

  private void relayWithMaxAge(Duration maxAge) {
    relays.close();
    var forgetful =
        new DecoratedPublisher(hexagon.stream) {
          @Override
          protected StreamState look(Session behind) {
            var state = behind.look();
            return new StreamState(
                state.incarnation(), state.first(), state.last(), Optional.of(maxAge));
          }
        };
    relays.start(hexagon.instance(InstantSource.system(), forgetful).relay(Hexagon.QUICK));
  }

  @Test
  void what_limits_or_an_operator_removed_stays_removed() {
    relays.lives(30);
    hexagon.stream.dropsBefore(21);
    await().until(() -> hexagon.persistence.ledger().known().orElseThrow().first() == 21);
    hexagon.stream.away(true);
    hexagon.stream.away(false);
    hexagon.committed(user(ACME, "late@example.org"));
    hexagon.awaitAllDelivered();
    assertThat(hexagon.observer.facts(Repaired.class)).isEmpty();
    assertThat(hexagon.stream.events()).hasSize(11);

    hexagon.stream.isMadeAnew();

    awaitRepaired(11);
    assertThat(hexagon.stream.events()).hasSize(11);
  }

  @Test
  void what_was_removed_stays_removed_also_when_the_stream_goes_back_behind_that() {
    relays.lives(30);
    hexagon.stream.dropsBefore(26);
    await().until(() -> hexagon.persistence.ledger().known().orElseThrow().first() == 26);

    hexagon.stream.rollsBackTo(10);

    awaitRepaired(5);
    assertThat(hexagon.stream.events()).hasSize(5);

    hexagon.stream.away(true); // it is compared again, and ends before the last that was removed
    hexagon.stream.away(false);
    hexagon.committed(user(ACME, "late@example.org"));
    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).hasSize(6);
  }

  @Test
  void what_was_stored_without_a_word_is_found_also_when_the_duplicate_window_is_over() {
    hexagon.stream.losesAcknowledgementsAfter(3);
    relays.lives(1);
    for (var i = 0; i < 9; i++) {
      hexagon.committed(user(ACME, "u" + i + "@example.org"));
    }
    await().until(() -> !hexagon.observer.facts(Postponed.class).isEmpty());
    hexagon.stream.away(true);
    hexagon.stream.forgetsDuplicates();
    hexagon.stream.acknowledgesAll();

    hexagon.stream.away(false);

    hexagon.awaitAllDelivered();
    assertThat(hexagon.stream.events()).hasSize(10).doesNotHaveDuplicates();
  }

  private List<String> repairs() {
    return hexagon.observer.facts(Repaired.class).stream().map(Repaired::what).distinct().toList();
  }

  private void awaitRepaired(int events) {
    await()
        .until(
            () -> hexagon.observer.facts(Repaired.class).stream().mapToLong(Repaired::events).sum(),
            sum -> sum == events);
    hexagon.awaitAllDelivered();
  }
}
