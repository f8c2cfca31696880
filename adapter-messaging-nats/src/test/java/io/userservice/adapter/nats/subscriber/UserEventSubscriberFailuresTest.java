package io.userservice.adapter.nats.subscriber;

import static io.userservice.adapter.nats.subscriber.Histories.created;
import static io.userservice.adapter.nats.subscriber.Histories.history;
import static io.userservice.adapter.nats.subscriber.Histories.mixed;
import static io.userservice.adapter.nats.subscriber.Histories.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.impl.Headers;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Buried;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Connected;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Failed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a handler, a ledger and what can't be read do to a subscriber, on a real server. */
final class UserEventSubscriberFailuresTest {
  @TempDir Path store;
  private Stage stage;
  private final Ledger ledger = new InMemoryLedger();
  private final Notes notes = new Notes();

  @BeforeEach
  void start() throws IOException {
    stage = new Stage(store);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void an_event_that_failed_comes_again_and_no_later_one_of_its_user_before_it() {
    var events = mixed(20, 10);
    stage.publish(events);
    var failed = ConcurrentHashMap.<String>newKeySet();

    stage.subscribe(
        stage.billing(),
        ledger,
        event -> {
          if (event.version().value() % 3 == 0 && failed.add(event.envelope().id().toString())) {
            throw new IOException("the database is away");
          }
          notes.on(event);
        });
    stage.awaitAllAcknowledged();

    assertThat(failed).hasSize(60);
    assertThat(notes.ids()).containsExactlyInAnyOrderElementsOf(Notes.ids(events));
    notes.assertInOrder(20, 10);
    assertThat(stage.deadLetters()).isEmpty();
    assertThat(stage.facts(Failed.class)).hasSize(60);
  }

  @Test
  void a_user_whose_event_fails_holds_up_nobody_else() {
    var stuck = someone("acme");
    var others = mixed(5, 3);
    stage.publish(history(stuck, 2));
    stage.publish(others);
    var repaired = new AtomicBoolean();

    stage.subscribe(
        stage.billing().with(Stage.patientFor(1_000, Stage.ACK_WAIT)),
        ledger,
        event -> {
          if (event.user().equals(stuck) && !repaired.get()) {
            throw new IllegalStateException("not yet");
          }
          notes.on(event);
        });

    await().until(() -> notes.size() == others.size());
    assertThat(notes.versions()).doesNotContainKey(stuck);
    repaired.set(true);
    stage.awaitAllAcknowledged();
    assertThat(notes.versions().get(stuck)).containsExactly(1L, 2L);
  }

  /** Each connection loads classes and makes threads, and there may be no room for them. */
  @Test
  void an_error_in_between_ends_no_subscription() {
    var events = mixed(2, 2);
    stage.publish(events);
    var connections = new AtomicInteger();

    try (var _ =
        UserEventSubscriber.open(
            stage.billing(),
            ledger,
            notes::on,
            _ -> {},
            fact -> {
              if (fact instanceof Connected && connections.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("no room for it");
              }
            })) {
      await().until(() -> notes.size() == events.size());
    }
  }

  /** Of a pool of the handler's, say, that was shut down. */
  @Test
  void an_interruption_that_isnt_ours_is_a_failure_like_others() {
    var user = someone("acme");
    stage.publish(history(user, 3));
    var attempts = new AtomicInteger();

    stage.subscribe(
        stage.billing(),
        ledger,
        event -> {
          if (event.version().value() == 2) {
            switch (attempts.incrementAndGet()) {
              case 1 -> throw new InterruptedException("the pool was shut down");
              case 2 -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted");
              }
              default -> {}
            }
          }
          notes.on(event);
        });
    stage.awaitAllAcknowledged();

    assertThat(attempts).hasValue(3);
    assertThat(notes.versions().get(user)).containsExactly(1L, 2L, 3L);
    assertThat(stage.deadLetters()).isEmpty();
  }

  @Test
  void a_ledger_that_is_away_is_waited_for_and_costs_no_attempt() {
    var events = history(someone("acme"), 2);
    stage.publish(events);
    var calls = new AtomicInteger();

    stage.subscribe(
        stage.billing(),
        (event, work) -> {
          if (calls.incrementAndGet() < 8) {
            throw new IOException("the database is away");
          }
          ledger.once(event, work);
        },
        notes);
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
    assertThat(stage.deadLetters()).isEmpty();
  }

  @Test
  void what_fails_too_often_is_a_dead_letter_and_its_user_goes_on() {
    var user = someone("acme");
    stage.publish(history(user, 3));
    var attempts = new AtomicInteger();

    stage.subscribe(
        stage.billing(),
        ledger,
        event -> {
          if (event.version().value() == 2) {
            attempts.incrementAndGet();
            throw new IllegalArgumentException("no such customer");
          }
          notes.on(event);
        });
    stage.awaitAllAcknowledged();

    assertThat(attempts).hasValue(3);
    assertThat(notes.versions().get(user)).containsExactly(1L, 3L);
    assertThat(stage.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).contains("no such customer");
              assertThat(letter.attempts()).isEqualTo(3);
              assertThat(letter.streamSequence()).isEqualTo(2);
              assertThat(letter.subject()).isEqualTo("user.updated");
              assertThat(letter.event().orElseThrow().version().value()).isEqualTo(2);
              assertThat(letter.headers().get("ce-sequence")).containsExactly("2");
              assertThat(letter.payload().value()).contains("\"changes\"");
            });
    assertThat(stage.facts(Buried.class)).hasSize(1);
  }

  @Test
  void a_dead_letter_that_isnt_taken_stays_until_it_is() {
    var user = someone("acme");
    stage.publish(history(user, 2));
    var taken = new ArrayList<DeadLetter>();
    var offers = new AtomicInteger();

    stage.subscribe(
        stage.billing(),
        ledger,
        event -> {
          if (event.version().value() == 1) {
            throw new IllegalStateException("never");
          }
          notes.on(event);
        },
        letter -> {
          if (offers.incrementAndGet() < 5) {
            throw new IOException("the disk is full");
          }
          taken.add(letter);
        });
    stage.awaitAllAcknowledged();

    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().attempts()).isEqualTo(3);
    assertThat(taken.getFirst().reason()).contains("never");
    assertThat(notes.versions().get(user)).containsExactly(2L);
  }

  @Test
  void what_cant_be_read_is_a_dead_letter_at_once() {
    var headers = new Headers();
    headers.put("ce-id", "one");
    stage.publish("user.created", new Headers(), "{\"userId\":");
    stage.publish("user.updated", headers, "[".repeat(200_000));
    stage.publish("user.deleted", new Headers(), "");
    var good = someone("acme");
    stage.publish(List.of(created(good)));

    stage.subscribe(stage.billing(), ledger, notes);
    stage.awaitAllAcknowledged();

    assertThat(notes.versions()).containsOnlyKeys(good);
    assertThat(stage.deadLetters())
        .hasSize(3)
        .allSatisfy(
            letter -> {
              assertThat(letter.event()).isEmpty();
              assertThat(letter.attempts()).isZero();
              assertThat(letter.reason()).isNotEmpty();
            });
    assertThat(stage.deadLetters().get(1).headers().get("ce-id")).containsExactly("one");
  }
}
