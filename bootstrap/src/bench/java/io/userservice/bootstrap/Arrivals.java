package io.userservice.bootstrap;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A subscriber that notes when it heard of each new user. */
final class Arrivals implements AutoCloseable {
  private final Connection connection;
  private final Map<String, Long> micros = new ConcurrentHashMap<>();

  Arrivals(String natsUrl) throws IOException, InterruptedException, JetStreamApiException {
    connection = Nats.connect(natsUrl);
    connection
        .jetStream()
        .subscribe(
            "user.created",
            connection.createDispatcher(),
            this::arrived,
            false,
            PushSubscribeOptions.builder().stream("USER_EVENTS")
                .ordered(true)
                .configuration(
                    ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.New).build())
                .build());
  }

  private void arrived(Message message) {
    var now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    micros.putIfAbsent(message.getHeaders().getFirst("ce-subject"), now);
  }

  /** By user, in microseconds of the system's clock. */
  Map<String, Long> micros() {
    return Map.copyOf(micros);
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
