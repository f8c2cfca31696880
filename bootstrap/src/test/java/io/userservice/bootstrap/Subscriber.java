package io.userservice.bootstrap;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A service that subscribes: a durable consumer of the stream, knowing nothing but NATS. */
final class Subscriber implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Connection connection;
  private final ConsumerContext consumer;

  Subscriber(String url, String durable)
      throws IOException, InterruptedException, JetStreamApiException {
    connection = Nats.connect(url);
    consumer =
        connection
            .getStreamContext("USER_EVENTS")
            .createOrUpdateConsumer(ConsumerConfiguration.builder().durable(durable).build());
  }

  /** The next event; fails when none comes in good time. */
  Message next() throws IOException, InterruptedException, JetStreamApiException {
    var message = consumer.next(PATIENCE);
    if (message == null) {
      throw new IOException("no event came within " + PATIENCE);
    }
    acknowledge(message);
    return message;
  }

  private static void acknowledge(Message message) throws IOException, InterruptedException {
    try {
      message.ackSync(PATIENCE);
    } catch (TimeoutException e) {
      throw new IOException("the acknowledgement wasn't taken", e);
    }
  }

  /** Whether nothing more comes for a while. */
  boolean isAtEnd() throws IOException, InterruptedException, JetStreamApiException {
    return consumer.next(Duration.ofSeconds(1)) == null;
  }

  @Override
  public void close() throws InterruptedException {
    connection.close();
  }
}
