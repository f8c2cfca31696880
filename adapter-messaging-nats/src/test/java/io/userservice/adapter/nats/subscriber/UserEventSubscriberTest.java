package io.userservice.adapter.nats.subscriber;

import static io.userservice.adapter.nats.subscriber.Histories.created;
import static io.userservice.adapter.nats.subscriber.Histories.deleted;
import static io.userservice.adapter.nats.subscriber.Histories.mixed;
import static io.userservice.adapter.nats.subscriber.Histories.renamed;
import static io.userservice.adapter.nats.subscriber.Histories.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.impl.Headers;
import io.userservice.adapter.nats.subscriber.Difference.NameChanged;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Created;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Deleted;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Updated;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Connected;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.PassedOver;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Skipped;
import io.userservice.application.driving.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the subscriber, on a real server, as long as nothing fails. */
final class UserEventSubscriberTest {
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
  void every_event_is_handled_once_in_the_order_of_the_stream() {
    var events = mixed(50, 20);
    stage.publish(events);

    stage.subscribe(stage.billing(), ledger, notes);
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
    assertThat(stage.facts()).hasSize(1).first().isInstanceOf(Connected.class);
  }

  @Test
  void events_are_typed() {
    var user = someone("acme");
    var events = List.of(created(user), renamed(user, 2), deleted(user, 3));
    stage.publish(events);

    stage.subscribe(stage.billing(), ledger, notes);
    await().until(() -> notes.size() == 3);

    assertThat(notes.events().get(0))
        .isInstanceOfSatisfying(
            Created.class,
            created -> {
              assertThat(created.email()).isEqualTo("ana@example.org");
              assertThat(created.user()).isEqualTo(user);
              assertThat(created.envelope().id()).isEqualTo(events.getFirst().id());
              assertThat(created.envelope().at()).isEqualTo(events.getFirst().at());
              assertThat(created.envelope().document()).isEqualTo(events.getFirst().payload());
              assertThat(created.envelope().replayed()).isFalse();
            });
    assertThat(notes.events().get(1))
        .isInstanceOfSatisfying(
            Updated.class,
            updated ->
                assertThat(updated.differences()).containsExactly(new NameChanged("A1", "A2")));
    assertThat(notes.events().get(2))
        .isInstanceOfSatisfying(
            Deleted.class, deleted -> assertThat(deleted.version().value()).isEqualTo(3));
  }

  @Test
  void a_kind_of_event_from_the_future_is_told_and_passed_over() {
    stage.publish("user.merged", new Headers(), "{}");
    stage.publish(List.of(created(someone("acme"))));

    stage.subscribe(stage.billing(), ledger, notes);
    stage.awaitAllAcknowledged();

    assertThat(notes.size()).isEqualTo(1);
    assertThat(stage.facts()).contains(new PassedOver("user.merged"));
    assertThat(stage.deadLetters()).isEmpty();
  }

  @Test
  void only_the_tenants_and_types_asked_for_are_handled() {
    var ours = someone("acme");
    var odd = someone("a\"b%c+d");
    stage.publish(List.of(created(ours), renamed(ours, 2), deleted(ours, 3)));
    stage.publish(List.of(created(odd), deleted(odd, 2)));
    stage.publish(List.of(created(someone("globex")), deleted(someone("globex"), 2)));

    stage.subscribe(
        stage.billing().ofTenants("acme", "a\"b%c+d").ofTypes(EventType.CREATED, EventType.DELETED),
        ledger,
        notes);
    stage.awaitAllAcknowledged();

    assertThat(notes.versions()).containsOnlyKeys(ours, odd);
    assertThat(notes.versions().get(ours)).containsExactly(1L, 3L);
    assertThat(notes.versions().get(odd)).containsExactly(1L, 2L);
  }

  @Test
  void a_new_consumer_may_begin_with_what_is_new() {
    stage.publish(mixed(3, 1));

    stage.subscribe(stage.billing().from(Subscription.Start.NEW), ledger, notes);
    await().until(() -> stage.facts().size() == 1);
    var later = mixed(2, 1);
    stage.publish(later);
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).isEqualTo(Notes.ids(later));
  }

  @Test
  void a_replay_is_skipped_as_its_ids_and_versions_are_known() {
    var event = created(someone("acme"));
    stage.publish(List.of(event));
    stage.subscribe(stage.billing(), ledger, notes);
    await().until(() -> notes.size() == 1);

    var headers = new Headers();
    headers.put("ce-id", event.id().toString());
    headers.put("ce-sequence", "1");
    headers.put("Replayed", "true");
    stage.publish("user.created", headers, event.payload().value());
    stage.awaitAllAcknowledged();

    await().until(() -> stage.facts(Skipped.class).size() == 1);
    assertThat(stage.facts(Skipped.class).getFirst().event().envelope().replayed()).isTrue();
    assertThat(notes.size()).isEqualTo(1);
  }

  @Test
  void a_slow_handler_isnt_given_the_same_event_twice() {
    var events = mixed(2, 2);
    stage.publish(events);
    var calls = new AtomicInteger();

    stage.subscribe(
        stage.billing(),
        (event, work) -> work.run(),
        event -> {
          calls.incrementAndGet();
          var start = System.nanoTime();
          await()
              .atMost(Stage.ACK_WAIT.multipliedBy(3))
              .until(() -> System.nanoTime() - start > Stage.ACK_WAIT.toNanos() * 2);
          notes.on(event);
        });
    stage.awaitAllAcknowledged();

    assertThat(calls).hasValue(4);
    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
    assertThat(stage.consumer().getDelivered().getConsumerSequence()).isEqualTo(4);
  }

  @Test
  void with_one_in_flight_any_number_of_processes_keep_the_order() {
    var events = mixed(5, 30);
    var alone = stage.billing().withInFlight(1);
    var failed = ConcurrentHashMap.<String>newKeySet();
    EventHandler failing =
        event -> {
          if (event.version().value() == 7 && failed.add(event.user().toString())) {
            throw new IllegalStateException("once");
          }
          notes.on(event);
        };
    stage.subscribe(alone, new InMemoryLedger(), failing);
    stage.subscribe(alone, new InMemoryLedger(), failing);
    await().until(() -> stage.facts(Connected.class).size() == 2);

    stage.publish(events);
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
  }
}
