package io.userservice.adapter.nats;

import static io.userservice.adapter.nats.Broker.optionsFor;
import static io.userservice.adapter.nats.Broker.someEvents;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.impl.NatsServerPool;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Unknown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JetStreamSessionTest {
  @TempDir Path store;

  @Test
  void each_event_has_an_outcome_also_while_another_thread_is_still_busy_with_the_loss()
      throws IOException {
    try (var broker = new Broker(NatsServer.ofOurOwn(Setup.in(store)))) {
      var outcomes = broker.ask(other -> publishToOneThatHangs(broker.server(), other));

      assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Unknown.class);
    }
  }

  private static List<Outcome> publishToOneThatHangs(NatsServer server, Connection other)
      throws IOException, InterruptedException {
    try (var link = Link.open(optionsFor(server.url()), new NatsServerPool())) {
      link.watch().begin(other, () -> {}); // as if it had come no further
      server.pause();
      return new JetStreamSession(link, new EventHeaders("s", "b"), Duration.ofMillis(50), 8)
          .publish(someEvents(2).stream().map(Publication::of).toList());
    } finally {
      server.resume();
    }
  }
}
