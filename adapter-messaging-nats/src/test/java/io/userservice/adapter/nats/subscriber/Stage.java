package io.userservice.adapter.nats.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.Headers;
import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Fact;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.EventPublisherContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real server, the real publisher on it, and subscribers whose doings are written down. */
final class Stage implements AutoCloseable {
  static final Duration ACK_WAIT = Duration.ofSeconds(1);

  /** Quick, and of three attempts. */
  static final Subscription.Patience QUICK =
      new Subscription.Patience(3, Duration.ofMillis(20), Duration.ofMillis(100), ACK_WAIT);

  private final NatsServer server;
  private final NatsMessaging messaging;
  private final List<UserEventSubscriber> subscribers = new ArrayList<>();
  private final List<Fact> facts = new CopyOnWriteArrayList<>();
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

  Stage(Path store) throws IOException {
    server = NatsServer.ofOurOwn(Setup.in(store));
    var options =
        new NatsMessaging.Options(
            List.of(server.url()),
            Optional.empty(),
            1,
            "/user-service",
            "https://users.example.org",
            Duration.ofSeconds(5),
            256);
    messaging = NatsMessaging.open(options, _ -> {});
    awaitStream();
  }

  /** The same for so many attempts and so long. */
  static Subscription.Patience patientFor(int attempts, Duration ackWait) {
    return new Subscription.Patience(attempts, QUICK.firstPause(), QUICK.longestPause(), ackWait);
  }

  void awaitStream() {
    await().until(messaging::stream, StreamFound.class::isInstance);
  }

  NatsServer server() {
    return server;
  }

  /** Publishes as the service does. */
  void publish(List<RecordedEvent> events) {
    assertThat(EventPublisherContract.publish(messaging.publisher(), events))
        .allMatch(Acknowledged.class::isInstance);
  }

  /** Publishes what the service never would. */
  void publish(String subject, Headers headers, String payload) {
    ask(
        connection ->
            connection
                .jetStream()
                .publish(subject, headers, payload.getBytes(StandardCharsets.UTF_8)));
  }

  Subscription billing() {
    return Subscription.of("billing", server.url()).with(QUICK);
  }

  UserEventSubscriber subscribe(Subscription subscription, Ledger ledger, EventHandler handler) {
    return subscribe(subscription, ledger, handler, deadLetters::add);
  }

  UserEventSubscriber subscribe(
      Subscription subscription, Ledger ledger, EventHandler handler, DeadLetters letters) {
    var subscriber = UserEventSubscriber.open(subscription, ledger, handler, letters, facts::add);
    subscribers.add(subscriber);
    return subscriber;
  }

  List<Fact> facts() {
    return List.copyOf(facts);
  }

  <T extends Fact> List<T> facts(Class<T> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** Nothing is left to deliver or to acknowledge. */
  void awaitAllAcknowledged() {
    await()
        .untilAsserted(
            () -> {
              var info = consumer();
              assertThat(info.getNumPending()).isZero();
              assertThat(info.getNumAckPending()).isZero();
            });
  }

  ConsumerInfo consumer() {
    return ask(
        connection -> connection.jetStreamManagement().getConsumerInfo("USER_EVENTS", "billing"));
  }

  <T> T ask(Question<T> question) {
    try {
      var connection = Nats.connect(server.url());
      try {
        return question.ask(connection);
      } finally {
        connection.close();
      }
    } catch (IOException | JetStreamApiException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  interface Question<T> {
    T ask(Connection connection) throws IOException, JetStreamApiException, InterruptedException;
  }

  void closeSubscribers() {
    subscribers.forEach(UserEventSubscriber::close);
  }

  @Override
  public void close() {
    closeSubscribers();
    messaging.close();
    server.close();
  }
}
