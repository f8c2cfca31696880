package io.userservice.adapter.nats.subscriber;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ConsumeOptions;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.MessageConsumer;
import io.nats.client.Nats;
import io.nats.client.support.Status;
import io.userservice.adapter.nats.Redaction;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One connection, from its opening to its loss, and what was delivered over it. A lost one is
 * thrown away with all that is in hand: NATS delivers that again, in order.
 */
final class Session implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PULL = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Ears ears;
  private final Connection connection;
  private final JetStreamManagement management;
  private final String durable;
  private final Duration ackWait;
  private final int inFlight;
  private final Hand hand = new Hand();
  private final MessageConsumer consumer;
  private final Thread signs = Thread.ofVirtual().name("nats-in-progress").unstarted(this::signs);

  private Session(Subscription subscription, Connection connection, Ears ears)
      throws IOException, JetStreamApiException, InterruptedException {
    this.ears = ears;
    this.connection = connection;
    try {
      this.management =
          connection.jetStreamManagement(
              JetStreamOptions.builder().requestTimeout(PATIENCE).build());
      var found = new DurableConsumer(subscription).ensure(management);
      var configuration = found.getConsumerConfiguration();
      this.durable = found.getName();
      this.ackWait = configuration.getAckWait();
      this.inFlight = (int) configuration.getMaxAckPending();
      ears.begin(connection, hand);
      this.consumer = consume(subscription);
      signs.start();
    } catch (IOException | JetStreamApiException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  static Session open(Subscription subscription)
      throws IOException, JetStreamApiException, InterruptedException {
    var ears = new Ears();
    return new Session(subscription, connect(subscription, ears), ears);
  }

  private static Connection connect(Subscription subscription, Ears ears)
      throws IOException, InterruptedException {
    try {
      return Nats.connect(
          subscription
              .servers()
              .jnatsOptions()
              .connectionName(subscription.durable())
              .connectionTimeout(PATIENCE)
              .noReconnect()
              .pingInterval(PATIENCE)
              .maxPingsOut(2)
              .connectionListener(ears)
              .errorListener(ears)
              .build());
    } catch (IOException | IllegalArgumentException | IllegalStateException failure) {
      throw new IOException(failure.getMessage() + ears.lastError(": "), failure);
    }
  }

  /**
   * Waits for what an earlier session left unacknowledged. NATS delivers that again when its time
   * is up, and new messages meanwhile: were those handled first, a user's later event would
   * overtake an earlier one. All is here when NATS waits for what is in hand and nothing else. With
   * one in flight NATS itself sees to the order.
   */
  void awaitLeftovers() throws IOException, JetStreamApiException, InterruptedException {
    // When another process keeps them, half as long again as NATS takes to deliver them.
    var end = System.nanoTime() + ackWait.plus(ackWait.dividedBy(2)).toNanos();
    while (inFlight != 1 // also when there is no limit
        && !hand.isClosed()
        && System.nanoTime() < end
        && management.getConsumerInfo(DurableConsumer.STREAM, durable).getNumAckPending()
            != hand.all().size()) {
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
    }
  }

  private MessageConsumer consume(Subscription subscription)
      throws IOException, JetStreamApiException {
    var dispatcher = connection.createDispatcher();
    // NATS limits how many there are; one that was dropped here would come again out of order.
    dispatcher.setPendingLimits(0, 0);
    var reader = new MessageReader(subscription.select());
    // Asked for one at a time, jnats asks again only when the first request has expired.
    var batch = Math.max(inFlight, 2);
    var options = ConsumeOptions.builder().batchSize(batch).expiresIn(PULL.toMillis()).build();
    return connection
        .getConsumerContext(DurableConsumer.STREAM, durable)
        .consume(options, dispatcher, message -> hand.put(Delivery.of(message, reader)));
  }

  /** The server's address. */
  String server() {
    return Redaction.redacted(Objects.requireNonNullElse(connection.getConnectedUrl(), "?"));
  }

  Hand hand() {
    return hand;
  }

  /** Why it was lost, free of secrets. */
  String reason() {
    return Redaction.redacted(ears.reason());
  }

  /** Tells NATS, all the time, that what is in hand is in good hands. */
  private void signs() {
    try {
      while (connection.getStatus() == Connection.Status.CONNECTED) {
        TimeUnit.NANOSECONDS.sleep(ackWait.dividedBy(3).toNanos());
        sign();
      }
    } catch (InterruptedException _) {
      // the end of the session
    }
  }

  private void sign() {
    try {
      hand.all().forEach(delivery -> delivery.message().inProgress());
    } catch (IllegalStateException _) {
      // More waits to be sent than jnats takes, or the connection is lost; there is a next time.
    }
  }

  /** Gives back what is in hand, so that the next session has it at once. */
  @Override
  public void close() {
    signs.interrupt();
    try {
      try {
        giveBack();
      } finally {
        connection.close(); // or it would go on to take events that nobody treats
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveBack() throws InterruptedException {
    try {
      // First, or what is given back would come to us again. NATS 2.9 forgets the open request when
      // it looks how many there are, else it sends the first event that is given back to nobody.
      consumer.close();
      management.getConsumerInfo(DurableConsumer.STREAM, durable);
      hand.all().forEach(delivery -> delivery.message().nak());
      connection.flush(PATIENCE);
    } catch (InterruptedException interruption) {
      throw interruption;
    } catch (Exception _) {
      // AutoCloseable's; and a lost connection can't be told anything. NATS finds out in ackWait.
    }
  }

  /** Hears from jnats what becomes of the connection. */
  private static final class Ears implements ConnectionListener, ErrorListener {
    private volatile Optional<Hand> hand = Optional.empty();
    private volatile String reason = "";
    private volatile String lastError = "";

    /** Events from before don't count: they are of servers that were tried in vain. */
    void begin(Connection connection, Hand hand) {
      this.hand = Optional.of(hand);
      connectionEvent(connection, Events.CONNECTED, 0L, "");
    }

    private void lose(String why) {
      if (hand.isPresent() && reason.isEmpty()) {
        reason = why;
      }
      hand.ifPresent(Hand::close);
    }

    String reason() {
      return reason;
    }

    String lastError(String prefix) {
      return lastError.isEmpty() ? "" : prefix + lastError;
    }

    @Override
    public void connectionEvent(Connection connection, Events type, Long time, String uriDetails) {
      if (connection.getStatus() != Connection.Status.CONNECTED) {
        lose("connection lost" + lastError(": "));
      }
    }

    @Override
    @Deprecated
    public void connectionEvent(Connection connection, Events type) {
      connectionEvent(connection, type, 0L, "");
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
      lastError = error;
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
      lastError = Objects.requireNonNullElse(exception.getMessage(), exception.toString());
    }

    @Override
    public void heartbeatAlarm(
        Connection connection,
        JetStreamSubscription subscription,
        long lastStreamSequence,
        long lastConsumerSequence) {
      lose("the consumer is silent: is the stream still there?");
    }

    @Override
    public void pullStatusError(
        Connection connection, JetStreamSubscription subscription, Status status) {
      lose("the consumer can't be used: " + status.getMessageWithCode());
    }
  }
}
