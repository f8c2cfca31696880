package io.userservice.adapter.nats;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.user;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import io.userservice.adapter.nats.NatsMessaging.Fact;
import io.userservice.adapter.nats.NatsMessaging.Observer;
import io.userservice.adapter.nats.NatsMessaging.Options;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.application.driving.RecordedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;

/** A real server, our adapter on it, and a plain client beside it that looks what is there. */
final class Broker implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final PushSubscribeOptions IN_ORDER =
      PushSubscribeOptions.builder().stream("USER_EVENTS").ordered(true).build();

  private final NatsServer server;
  private final List<NatsMessaging> opened = new ArrayList<>();
  private final Deque<Fact> facts = new ConcurrentLinkedDeque<>();

  Broker(NatsServer server) {
    this.server = server;
  }

  /** Our adapter, not waited for. */
  NatsMessaging open() {
    return open(optionsFor(server.url()), facts::add);
  }

  NatsMessaging open(Options options, Observer observer) {
    var messaging = NatsMessaging.open(options, observer);
    opened.add(messaging);
    return messaging;
  }

  /** Our adapter, ready to publish. */
  NatsMessaging openReady() {
    var messaging = open();
    awaitReady(messaging);
    return messaging;
  }

  static void awaitReady(NatsMessaging messaging) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .until(messaging::stream, StreamFound.class::isInstance);
  }

  static Options optionsFor(String... urls) {
    return optionsFor(DEADLINE, urls);
  }

  static Options optionsFor(Duration deadline, String... urls) {
    return new Options(
        List.of(urls),
        Optional.empty(),
        1,
        "/user-service",
        "https://users.example.org/",
        deadline,
        256);
  }

  /** What the adapter has told, in order. */
  List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** Works on the server with a client of its own. */
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

  /** Works on JetStream. */
  <T> T manage(Management<T> work) {
    return ask(connection -> work.on(connection.jetStreamManagement()));
  }

  /** All messages of the stream, in order. */
  List<Message> messages() {
    return ask(
        connection -> {
          var state =
              connection.jetStreamManagement().getStreamInfo("USER_EVENTS").getStreamState();
          var messages = new ArrayList<Message>();
          var reader = connection.jetStream().subscribe(">", IN_ORDER);
          while (messages.size() < state.getMsgCount()) {
            messages.add(requireNonNull(reader.nextMessage(PATIENCE)));
          }
          return messages;
        });
  }

  /** The ids and payloads of the stream, as {@code id payload}. */
  List<String> stored() {
    return messages().stream()
        .map(
            message ->
                message.getHeaders().getFirst("Nats-Msg-Id")
                    + " "
                    + new String(message.getData(), StandardCharsets.UTF_8))
        .toList();
  }

  static List<String> asStored(List<RecordedEvent> events) {
    return events.stream().map(event -> event.id() + " " + event.payload()).toList();
  }

  static List<RecordedEvent> someEvents(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> event(user(ACME, "u" + i + "@example.org")))
        .toList();
  }

  NatsServer server() {
    return server;
  }

  @Override
  public void close() {
    opened.forEach(NatsMessaging::close);
    server.close();
  }

  interface Question<T> {
    T ask(Connection connection) throws IOException, JetStreamApiException, InterruptedException;
  }

  interface Management<T> {
    T on(JetStreamManagement management) throws IOException, JetStreamApiException;
  }
}
