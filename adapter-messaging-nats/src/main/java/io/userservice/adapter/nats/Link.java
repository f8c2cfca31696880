package io.userservice.adapter.nats;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.ServerPool;
import io.nats.client.impl.Headers;
import io.userservice.application.driven.EventPublisher.Unknown;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One connection to one server, from its opening to its loss. A lost one is thrown away with all
 * that waits in it: jnats would send that after a reconnect, however late, when another instance
 * may have published long since.
 */
final class Link implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  // A silent server is noticed within 10 s, also when nothing is to be published.
  private static final Duration PING_INTERVAL = Duration.ofSeconds(2);
  private static final int PINGS_UNANSWERED = 2;

  private final LinkWatch watch;
  private final Connection connection;
  private final String inbox;
  private final Semaphore doubts = new Semaphore(0);
  private volatile Airborne airborne = new Airborne(0, new Flight(0, 0, Duration.ZERO));

  private Link(Connection connection, LinkWatch watch) {
    this.connection = connection;
    this.watch = watch;
    this.inbox = connection.createInbox() + ".";
    connection.createDispatcher(this::onAnswer).subscribe(inbox + "*");
    watch.begin(connection, this::onLoss);
  }

  /** A flight and the number of its first event; numbers grow over all flights of a link. */
  private record Airborne(long first, Flight flight) {}

  /**
   * Connects to the first server that answers.
   *
   * @param servers remembers, from one link to the next, the servers of the cluster
   * @throws IOException with the reason, free of secrets
   */
  static Link open(NatsMessaging.Options options, ServerPool servers)
      throws IOException, InterruptedException {
    var watch = new LinkWatch();
    try {
      return new Link(Nats.connect(jnatsOptions(options, servers, watch)), watch);
    } catch (IOException | IllegalArgumentException | IllegalStateException failure) {
      throw new IOException(
          Redaction.redacted(failure.getMessage() + watch.lastError(": ")), failure);
    }
  }

  private static io.nats.client.Options jnatsOptions(
      NatsMessaging.Options options, ServerPool servers, LinkWatch watch) {
    return new NatsServers(options.servers(), options.credentials())
        .jnatsOptions()
        .serverPool(servers)
        .connectionName("user-service")
        .connectionTimeout(PATIENCE)
        .noReconnect()
        .reconnectBufferSize(0)
        .pingInterval(PING_INTERVAL)
        .maxPingsOut(PINGS_UNANSWERED)
        .maxMessagesInOutgoingQueue(2 * options.window() + 64)
        .noEcho()
        .connectionListener(watch)
        .errorListener(watch)
        .build();
  }

  /** The server's address. */
  String server() {
    return Redaction.redacted(Objects.requireNonNullElse(connection.getConnectedUrl(), "?"));
  }

  /** Most bytes of a message, headers included; 0 or less when the server doesn't say. */
  long maxPayload() {
    return connection.getMaxPayload();
  }

  JetStreamManagement management() throws IOException {
    return connection.jetStreamManagement(
        JetStreamOptions.builder().requestTimeout(PATIENCE).build());
  }

  /** Answers go to this flight from now on; gives the number of its first event. */
  long launch(Flight flight) {
    var first = airborne.first() + airborne.flight().size();
    airborne = new Airborne(first, flight);
    if (watch.isLost()) {
      flight.abandon(watch.reason());
    }
    return first;
  }

  /** Sends an event; the answer is for the flight that the number belongs to. */
  void publish(String subject, long number, Headers headers, byte[] payload) {
    connection.publish(subject, inbox + number, headers, payload);
  }

  private void onAnswer(Message answer) {
    var number = Long.parseLong(answer.getSubject().substring(inbox.length()));
    var outcome = Answers.outcome(answer);
    if (outcome instanceof Unknown) {
      doubts.release();
    }
    var now = airborne;
    now.flight().settle(number - now.first(), outcome);
  }

  /**
   * The server owes answers: it hangs, or the network does. What was given to it must not go out
   * later, so this is the end of the link.
   */
  void giveUp(String reason) {
    watch.lose(reason);
  }

  private void onLoss() {
    airborne.flight().abandon(watch.reason());
    doubts.release();
  }

  JetStream stream() throws IOException {
    return connection.jetStream(JetStreamOptions.builder().requestTimeout(PATIENCE).build());
  }

  /** The stream should be looked after. */
  void doubt() {
    doubts.release();
  }

  /** Sends to whom it may concern, without an answer. */
  void tell(String subject) {
    connection.publish(subject, new byte[0]);
  }

  void listen(String subject, Runnable listener) {
    connection.createDispatcher(_ -> listener.run()).subscribe(subject);
  }

  /** The connection's end, and what is known of it. */
  LinkWatch watch() {
    return watch;
  }

  /** Waits, at most so long, until it is lost or an answer calls for a look at the stream. */
  void awaitDoubt(Duration atMost) throws InterruptedException {
    if (doubts.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      doubts.drainPermits();
    }
  }

  /** Returns at once; what is left of the connection goes within seconds, also when it hangs. */
  @Override
  public void close() {
    watch.lose("closed");
    Thread.ofVirtual().name("nats-close").start(this::disconnect);
  }

  private void disconnect() {
    try {
      connection.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
