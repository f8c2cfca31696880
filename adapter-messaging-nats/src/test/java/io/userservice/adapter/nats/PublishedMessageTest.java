package io.userservice.adapter.nats;

import static io.userservice.application.testkit.EventPublisherContract.publish;
import static io.userservice.application.testkit.Users.causedBy;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.user.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any client of NATS sees of an event. */
class PublishedMessageTest {
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07.080Z");

  @TempDir Path store;
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    broker = new Broker(NatsServer.forTests(store));
    broker.manage(
        management -> {
          try {
            return management.deleteStream("USER_EVENTS");
          } catch (JetStreamApiException _) {
            return false; // as it should be, on a server of our own
          }
        });
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void a_durable_consumer_gets_payload_and_headers_as_the_contract_names_them() {
    var event = event(user(new TenantId("acme"), profile("ana@example.org"), AT));
    var session = broker.openReady().publisher().session();
    session.append(0, List.of(Publication.of(event)), () -> true);

    var message = consume();

    assertThat(message.getSubject()).isEqualTo("user.created");
    assertThat(message.getData()).isEqualTo(event.payload().utf8());
    assertThat(headers(message))
        .containsOnly(
            entry("Nats-Msg-Id", event.id().toString()),
            entry("Nats-Expected-Stream", "USER_EVENTS"),
            entry("Nats-Expected-Last-Sequence", "0"),
            entry("ce-specversion", "1.0"),
            entry("ce-id", event.id().toString()),
            entry("ce-source", "/user-service"),
            entry("ce-type", "user.created"),
            entry("ce-subject", event.user().id().toString()),
            entry("ce-time", "2026-03-04T05:06:07.080Z"),
            entry("ce-dataschema", "https://users.example.org/schemas/user.created.json"),
            entry("ce-tenantid", "acme"),
            entry("ce-sequence", "1"),
            entry("Content-Type", "application/json"),
            entry("traceparent", event.trace().orElseThrow().value()));
  }

  @Test
  void whatever_is_visible_in_a_tenant_id_gets_through() {
    var tenant = new TenantId("a\"b%c:d,e/{f}~");
    publish(broker.openReady().publisher(), List.of(event(user(tenant, "ana@example.org"))));

    assertThat(headers(consume())).containsEntry("ce-tenantid", "a%22b%25c:d,e/{f}~");
  }

  @Test
  void a_trace_that_cant_be_a_header_costs_no_event() {
    var plain = event(user(new TenantId("acme"), "ana@example.org"));
    var traced = causedBy(plain, plain.actor(), Optional.of(new TraceParent("00\r\nX: ü")));
    var untraced = causedBy(plain, plain.actor(), Optional.empty());

    assertThat(new EventHeaders("s", "b").of(Publication.of(traced)).containsKey("traceparent"))
        .isFalse();
    assertThat(new EventHeaders("s", "b").of(Publication.of(untraced)).containsKey("traceparent"))
        .isFalse();
    publish(broker.openReady().publisher(), List.of(traced));
    assertThat(consume().getData()).isEqualTo(plain.payload().utf8());
  }

  private Message consume() {
    return broker.ask(
        connection -> {
          var durable = PullSubscribeOptions.builder().durable("billing").build();
          var messages =
              connection.jetStream().subscribe("user.>", durable).fetch(1, Duration.ofSeconds(5));
          assertThat(messages).hasSize(1);
          messages.getFirst().ack();
          return messages.getFirst();
        });
  }

  private static Map<String, String> headers(Message message) {
    var headers = message.getHeaders();
    return headers.keySet().stream()
        .collect(toMap(name -> name, name -> String.join("|", headers.get(name))));
  }
}
