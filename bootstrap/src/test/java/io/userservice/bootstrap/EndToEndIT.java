package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The original flow: a request on one side, an event on the other. */
final class EndToEndIT {
  @TempDir private static Path folder;
  private static TestServers servers;
  private static ServiceProcess service;

  private final String tenant = "tenant-" + UUID.randomUUID();

  @BeforeAll
  static void startAll() throws IOException {
    servers = TestServers.given(folder);
    service = ServiceProcess.start(servers.environment());
  }

  @AfterAll
  static void stopAll() {
    service.close();
    servers.close();
  }

  @Test
  void a_user_is_created_updated_and_deleted_and_the_consumer_learns_of_each() throws Exception {
    try (var api = new Api(service.port(), tenant);
        var subscriber = new Subscriber(servers.nats().url(), tenant, tenant)) {

      var created = api.post("/users", "{\"email\":\"Ana@Example.org\",\"name\":\"Ana\"}");
      assertThat(created.statusCode()).isEqualTo(201);
      var user = Api.json(created);
      var id = user.get("id").asText();
      assertEvent(
          subscriber.next(),
          "user.created",
          """
          {"userId":"%s","email":"Ana@Example.org","tenantId":"%s","timestamp":%d}\
          """
              .formatted(id, tenant, millis(user.get("createdAt").asText())));

      var updated =
          api.patch("/users/" + id, "{\"name\":\"Ana B\",\"attributes\":{\"team\":\"x\"}}");
      assertThat(updated.statusCode()).isEqualTo(200);
      assertEvent(
          subscriber.next(),
          "user.updated",
          """
          {"userId":"%s","changes":{"name":{"from":"Ana","to":"Ana B"},\
          "attributes.team":{"from":null,"to":"x"}},"tenantId":"%s","timestamp":%d}\
          """
              .formatted(id, tenant, millis(Api.json(updated).get("updatedAt").asText())));

      assertThat(api.patch("/users/" + id, "{\"name\":\"Ana B\"}").statusCode()).isEqualTo(200);
      assertThat(api.delete("/users/" + id).statusCode()).isEqualTo(204);
      var deleted = subscriber.next();
      assertThat(deleted.getSubject())
          .as("no event for what changed nothing")
          .isEqualTo("user.deleted");
      var payload = Api.json(text(deleted));
      assertThat(payload.fieldNames())
          .toIterable()
          .containsExactly("userId", "tenantId", "timestamp");
      assertThat(payload.get("userId").asText()).isEqualTo(id);
      assertThat(api.get("/users/" + id).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_published_event_is_one_log_line() throws Exception {
    try (var api = new Api(service.port(), tenant)) {
      var id = api.create("logged@example.org");

      await()
          .untilAsserted(
              () ->
                  assertThat(service.lines())
                      .filteredOn(line -> line.contains(id))
                      .singleElement()
                      .asString()
                      .startsWith(
                          "{\"level\":\"info\",\"event\":\"user.created\",\"userId\":\"%s\",\"tenantId\":\"%s\""
                              .formatted(id, tenant))
                      .contains("\"msg\":\"Published user.created event\""));
    }
  }

  @Test
  void a_client_that_speaks_bad_HTTP_is_no_matter_for_the_log() throws Exception {
    var before = service.lines().size();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 400 ");
    }

    try (var api = new Api(service.port(), tenant)) {
      var id = api.create("afterwards@example.org");
      await().until(() -> service.lines().stream().anyMatch(line -> line.contains(id)));
    }
    assertThat(service.lines().subList(before, service.lines().size()))
        .noneMatch(line -> line.contains("\"warn\"") || line.contains("Host"));
  }

  @Test
  void health_and_metrics_need_no_token() throws Exception {
    try (var api = new Api(service.port(), tenant)) {
      api.create("metrics@example.org");

      assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(api.get("/metrics").body())
          .contains("http_server_request_duration_seconds_count{method=\"POST\",route=\"/users\"")
          .contains("outbox_pending_events")
          .contains("outbox_oldest_pending_age_seconds")
          .contains("outbox_published_total{type=\"user.created\"}")
          .contains("outbox_publish_failures_total{reason=")
          .contains("outbox_quarantined_events")
          .contains("outbox_publish_delay_seconds_count")
          .contains("outbox_publish_delay_seconds_bucket{le=\"600.0\"}")
          .contains("nats_connection_up 1")
          .contains("stream_config_drift 0")
          .contains("hikaricp_connections")
          .contains("jvm_memory_used_bytes")
          .doesNotContain(tenant);
    }
  }

  private static void assertEvent(Message message, String subject, String payload) {
    assertThat(message.getSubject()).isEqualTo(subject);
    assertThat(text(message)).isEqualTo(payload);
  }

  private static String text(Message message) {
    return new String(message.getData(), StandardCharsets.UTF_8);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
