package io.userservice.adapter.nats.subscriber;

import static io.userservice.adapter.nats.subscriber.Histories.created;
import static io.userservice.adapter.nats.subscriber.Histories.mixed;
import static io.userservice.adapter.nats.subscriber.Histories.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Connected;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Disconnected;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Skipped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends and beginnings: of subscribers, their connections, consumers and streams, on a real server.
 */
final class UserEventSubscriberRestartsTest {
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
    var subscription = stage.billing().with(Stage.patientFor(3, Duration.ofMinutes(1)));
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

  /** What a crash left comes again after the time that its consumer waits. */
  @Test
  void who_is_closed_while_it_connects_waits_for_nothing() throws Exception {
    var patient = stage.billing().with(Stage.patientFor(3, Duration.ofSeconds(30)));
    stage.subscribe(patient, ledger, notes);
    await().until(() -> stage.facts(Connected.class).size() == 1);
    stage.closeSubscribers();
    stage.publish(mixed(1, 5));
    crashWith(5);

    stage.server().pause();
    var subscriber = stage.subscribe(patient, ledger, notes);
    var closing = Thread.ofPlatform().start(subscriber::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    stage.server().resume();

    assertThat(closing.join(Duration.ofSeconds(8))).isTrue();
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
    notes.assertInOrder(50, 40);
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
}
