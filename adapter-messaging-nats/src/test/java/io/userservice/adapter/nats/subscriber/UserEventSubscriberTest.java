package io.userservice.adapter.nats.subscriber;

import static io.userservice.adapter.nats.subscriber.Histories.created;
import static io.userservice.adapter.nats.subscriber.Histories.deleted;
import static io.userservice.adapter.nats.subscriber.Histories.history;
import static io.userservice.adapter.nats.subscriber.Histories.mixed;
import static io.userservice.adapter.nats.subscriber.Histories.renamed;
import static io.userservice.adapter.nats.subscriber.Histories.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.impl.Headers;
import io.userservice.adapter.nats.subscriber.Difference.NameChanged;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Created;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Deleted;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Updated;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Buried;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Connected;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Disconnected;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Failed;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.PassedOver;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Skipped;
import io.userservice.application.driving.EventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the subscriber, on a real server. */
class UserEventSubscriberTest {
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
    assertInOrder(20, 10);
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
        stage.billing().with(patientFor(1_000, Stage.ACK_WAIT)),
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

  private static Subscription.Patience patientFor(int attempts, Duration ackWait) {
    return new Subscription.Patience(
        attempts, Stage.QUICK.firstPause(), Stage.QUICK.longestPause(), ackWait);
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
  void a_subscriber_that_is_restarted_goes_on_where_it_was() {
    var events = mixed(40, 25);
    stage.publish(events);

    for (var i = 1; i <= 4; i++) {
      var enough = i * 150;
      var running = stage.subscribe(stage.billing(), ledger, notes);
      await().until(() -> notes.size() >= enough);
      running.close();
    }
    stage.subscribe(stage.billing(), ledger, notes);
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
  }

  @Test
  void closing_lets_the_handler_finish_and_gives_back_the_rest_at_once() throws Exception {
    var events = mixed(4, 5);
    stage.publish(events);
    var subscription = stage.billing().with(patientFor(3, Duration.ofMinutes(1)));
    var finish = new CountDownLatch(1);
    var subscriber =
        stage.subscribe(
            subscription,
            ledger,
            event -> {
              if (notes.size() == 2) {
                finish.await();
              }
              notes.on(event);
            });
    await().until(() -> notes.size() == 2);
    var closing = Thread.ofPlatform().start(subscriber::close);
    await().until(closing::getState, Thread.State.TIMED_WAITING::equals);

    finish.countDown();

    assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
    assertThat(notes.size()).isEqualTo(3);
    assertThat(stage.facts().getLast()).isEqualTo(new Disconnected("closed"));
    stage.subscribe(subscription, ledger, notes);
    stage.awaitAllAcknowledged();
    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
  }

  @Test
  void what_a_process_that_crashed_had_in_hand_comes_before_all_later_events() {
    stage.subscribe(stage.billing(), ledger, notes);
    await().until(() -> stage.facts(Connected.class).size() == 1);
    stage.closeSubscribers();
    assertThatWhatACrashHadComesFirst();
  }

  @Test
  void so_it_does_with_a_consumer_that_somebody_made_without_a_limit_in_flight() {
    var unlimited =
        """
        {"stream_name": "USER_EVENTS", "config": {
          "durable_name": "billing", "ack_policy": "explicit", "ack_wait": 1000000000,
          "max_ack_pending": -1}}
        """;
    stage.ask(
        connection ->
            connection.request(
                "$JS.API.CONSUMER.DURABLE.CREATE.USER_EVENTS.billing",
                unlimited.getBytes(StandardCharsets.UTF_8),
                Stage.ACK_WAIT));
    assertThatWhatACrashHadComesFirst();
  }

  private void assertThatWhatACrashHadComesFirst() {
    var events = mixed(4, 30);
    stage.publish(events);
    crashWith(10);

    stage.subscribe(stage.billing(), ledger, notes);
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
  }

  /** Takes so many events and is never heard of again. */
  private void crashWith(int count) {
    var taken =
        stage.ask(
            connection ->
                connection
                    .jetStream()
                    .subscribe(null, PullSubscribeOptions.bind("USER_EVENTS", "billing"))
                    .fetch(count, Duration.ofSeconds(5)));
    assertThat(taken).hasSize(count);
  }

  @Test
  void a_restart_of_nats_loses_nothing_and_keeps_the_order() throws IOException {
    var events = mixed(50, 40);
    stage.publish(events);

    stage.subscribe(stage.billing(), ledger, notes);
    for (var i = 1; i <= 3; i++) {
      var enough = i * 300;
      await().until(() -> notes.size() >= enough);
      stage.server().kill();
      await().until(() -> stage.facts().getLast() instanceof Disconnected);
      stage.server().restart();
    }
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).containsExactlyInAnyOrderElementsOf(Notes.ids(events));
    assertInOrder(50, 40);
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

  @Test
  void a_consumer_that_an_operator_deletes_is_made_anew_and_nothing_is_handled_twice() {
    var events = mixed(5, 4);
    stage.subscribe(stage.billing(), ledger, notes);
    stage.publish(events.subList(0, 10));
    await().until(() -> notes.size() == 10);

    stage.ask(
        connection -> connection.jetStreamManagement().deleteConsumer("USER_EVENTS", "billing"));
    await().until(() -> stage.facts(Connected.class).size() == 2);
    stage.publish(events.subList(10, 20));
    stage.awaitAllAcknowledged();

    assertThat(notes.ids()).isEqualTo(Notes.ids(events));
    assertThat(stage.facts(Skipped.class)).hasSize(10);
  }

  @Test
  void it_waits_for_the_stream() {
    stage.ask(connection -> connection.jetStreamManagement().deleteStream("USER_EVENTS"));
    stage.subscribe(stage.billing(), ledger, notes);

    stage.awaitStream();
    var event = created(someone("acme"));
    await().untilAsserted(() -> stage.publish(List.of(event)));

    await().until(() -> notes.size() == 1);
  }

  @Test
  void a_consumer_of_another_kind_is_refused_with_the_reason() {
    stage.ask(
        connection ->
            connection
                .jetStreamManagement()
                .createConsumer(
                    "USER_EVENTS",
                    ConsumerConfiguration.builder().durable("billing").maxDeliver(5).build()));

    stage.subscribe(stage.billing(), ledger, notes);

    await()
        .until(
            () ->
                stage.facts(Disconnected.class).stream()
                    .anyMatch(fact -> fact.reason().contains("no limit of deliveries")));
  }

  @Test
  void several_servers_that_are_away_are_one_reason_not_one_for_each_attempt() throws Exception {
    var attempts = new AtomicInteger();
    try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(deaf, attempts));
      var away = IntStream.rangeClosed(1, 5).mapToObj("nats://127.0.0.1:%d"::formatted);
      var servers =
          Stream.concat(Stream.of("nats://127.0.0.1:" + deaf.getLocalPort()), away)
              .toArray(String[]::new);

      stage.subscribe(Subscription.of("billing", servers), ledger, notes);

      await().until(() -> attempts.get() > 5);
      assertThat(stage.facts(Disconnected.class)).hasSize(1);
    }
  }

  private static void hangUp(ServerSocket server, AtomicInteger count) {
    try {
      while (true) {
        server.accept().close();
        count.incrementAndGet();
      }
    } catch (IOException _) {
      // closed, at the end of the test
    }
  }

  private void assertInOrder(int users, int versions) {
    var all = LongStream.rangeClosed(1, versions).boxed().toList();
    assertThat(notes.versions().values())
        .hasSize(users)
        .allSatisfy(seen -> assertThat(seen).isEqualTo(all));
  }
}
