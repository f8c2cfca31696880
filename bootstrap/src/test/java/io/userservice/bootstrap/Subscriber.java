package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
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

  private final String tenant;

  /** Passes over what other tenants' users go through: a stream is shared by many. */
  Subscriber(String url, String durable, String tenant) throws Exception {
    this.tenant = tenant;
    connection = Nats.connect(url);
    consumer =
        connection
            .getStreamContext("USER_EVENTS")
            .createOrUpdateConsumer(ConsumerConfiguration.builder().durable(durable).build());
  }

  /** The next event; fails when none comes in good time. */
  Message next() throws Exception {
    var message = consumer.next(PATIENCE);
    if (message == null) {
      throw new IOException("no event came within " + PATIENCE);
    }
    acknowledge(message);
    assertThat(EventSchema.errors(message)).as(message.getSubject()).isEmpty();
    return tenant.equals(message.getHeaders().getFirst("ce-tenantid")) ? message : next();
  }

  private static void acknowledge(Message message) throws IOException, InterruptedException {
    try {
      message.ackSync(PATIENCE);
    } catch (TimeoutException e) {
      throw new IOException("the acknowledgement wasn't taken", e);
    }
  }

  /** Whether nothing more comes for a while. */
  boolean isAtEnd() throws Exception {
    return consumer.next(Duration.ofSeconds(1)) == null;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
