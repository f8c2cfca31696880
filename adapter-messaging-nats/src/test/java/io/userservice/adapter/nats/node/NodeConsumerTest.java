package io.userservice.adapter.nats.node;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.userservice.adapter.nats.NatsMessaging;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.EventPublisherContract;
import io.userservice.application.testkit.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer of another world: Node.js with the {@code nats} package, as teams have it. */
class NodeConsumerTest {
  @TempDir Path store;
  @TempDir Path folder;

  @Test
  void it_sees_every_event_in_order_and_acknowledges_it() throws Exception {
    var project = NodeProject.with("nats", "nats-npm.version");
    var ana = user(ACME, "ana@example.org");
    var anna = changed(ana, profile("ana@example.org", "Anna"));
    var events = List.of(Users.event(ana), Users.event(anna), Users.event(deleted(anna)));
    try (var server = NatsServer.ofOurOwn(Setup.in(store));
        var messaging = NatsMessaging.open(options(server), _ -> {})) {
      await().until(messaging::stream, StreamFound.class::isInstance);
      assertThat(EventPublisherContract.publish(messaging.publisher(), events.subList(0, 2)))
          .allMatch(Acknowledged.class::isInstance);
      var output = folder.resolve("output");
      var consumer = project.start("consumer.mjs", output, Map.of("NATS_URL", server.url()));
      try {
        awaitLines(output, events.subList(0, 2));
        EventPublisherContract.publish(messaging.publisher(), events.subList(2, 3));
        awaitLines(output, events);
      } finally {
        consumer.destroy();
      }
      await().untilAsserted(() -> assertThat(unacknowledged(server)).isZero());
    }
  }

  private static NatsMessaging.Options options(NatsServer server) {
    return new NatsMessaging.Options(
        List.of(server.url()),
        Optional.empty(),
        1,
        "/user-service",
        "https://users.example.org",
        Duration.ofSeconds(5),
        256);
  }

  private static void awaitLines(Path output, List<RecordedEvent> events) {
    var lines = events.stream().map(NodeConsumerTest::line).toList();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Files.readAllLines(output)).isEqualTo(lines));
  }

  /** As JavaScript writes the test kit's payload. */
  private static String line(RecordedEvent event) {
    return "%s %s {\"userId\":\"%s\",\"b\":1.5,\"a\":\"ä\\u0000\",\"timestamp\":%d}"
        .formatted(event.type(), event.version(), event.user().id(), event.at().toEpochMilli());
  }

  private static long unacknowledged(NatsServer server)
      throws IOException, InterruptedException, JetStreamApiException {
    var connection = Nats.connect(server.url());
    try {
      var info = connection.jetStreamManagement().getConsumerInfo("USER_EVENTS", "node-demo");
      return info.getNumAckPending() + info.getNumPending();
    } finally {
      connection.close();
    }
  }
}
