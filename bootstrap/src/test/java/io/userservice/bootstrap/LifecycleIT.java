package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts, stops, crashes and absences, of the shipped jar on real servers. */
@Isolated("starts and stops have a time")
final class LifecycleIT {
  @TempDir private Path folder;
  private TestServers servers;

  @BeforeEach
  void startServers() throws IOException {
    servers = TestServers.ofOurOwn(folder);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @Test
  void it_serves_while_nats_is_away_and_publishes_when_it_comes() throws Exception {
    servers.nats().stop();
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme")) {
      var first = api.create("first@example.org");
      var second = api.create("second@example.org");
      var ready = api.get("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"status\":\"degraded\"");
      assertThat(api.get("/changes").body()).contains("\"items\":[]");

      servers.nats().restart();

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Api.json(api.get("/changes")).get("items").size() == 2);
      try (var subscriber = new Subscriber(servers.nats().url(), "late", "acme")) {
        assertThat(userId(subscriber.next())).isEqualTo(first);
        assertThat(userId(subscriber.next())).isEqualTo(second);
      }
      assertThat(api.get("/health/ready").body()).contains("\"status\":\"ok\"");
    }
  }

  @Test
  void neither_what_clients_send_nor_its_own_end_is_worth_a_warning() throws Exception {
    try (var service = ServiceProcess.start(servers.environment())) {
      var port = service.port();
      for (var request : List.of("nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n")) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
          assertThat(socket.getInputStream().read()).as("answered").isPositive();
        }
      }

      service.terminate();

      assertThat(service.exitStatus()).isZero();
      assertThat(service.lines())
          .anyMatch(line -> line.contains("The connection to NATS is closed"))
          .allMatch(line -> line.contains("\"level\":\"info\""));
    }
  }

  @Test
  void it_begins_with_fewer_connections_than_it_may_have() throws Exception {
    try (var service = ServiceProcess.start(servers.environment("DATABASE_POOL_SIZE", "50"));
        var api = new Api(service.port(), "acme")) {
      api.create("ana@example.org");

      assertThat(connections(api.get("/metrics").body())).isBetween(1.0, 10.0);
    }
  }

  private static double connections(String metrics) {
    var name = "hikaricp_connections{pool=\"postgres\"} ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  @Test
  void it_answers_while_the_database_is_away_and_can_be_stopped() throws Exception {
    var nowhere = "postgres://ana@127.0.0.1:1/users";
    try (var service = ServiceProcess.start(servers.environment("DATABASE_URL", nowhere));
        var api = new Api(service.listeningPort(), "acme")) {
      assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
      var list = api.get("/users");
      assertThat(list.statusCode()).isEqualTo(503);
      assertThat(list.headers().firstValue("Retry-After")).isPresent();

      service.terminate();

      assertThat(service.exitStatus()).isZero();
    }
  }

  @Test
  void sigterm_ends_it_in_time_with_status_zero() throws Exception {
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme")) {
      api.create("ana@example.org");

      var before = Instant.now();
      service.terminate();

      assertThat(service.exitStatus()).isZero();
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  /** As soon as it has said so much; while NATS is away it takes its time to close. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void sigterm_amid_the_start_ends_it_with_status_zero(int lines) throws Exception {
    try (var service =
        ServiceProcess.start(servers.environment("NATS_URL", "nats://127.0.0.1:1"))) {
      await().pollInterval(Duration.ofMillis(2)).until(() -> service.lines().size() >= lines);

      service.terminate();

      assertThat(service.exitStatus()).isZero();
    }
  }

  /** Neither the request in flight nor the relay gets an answer from it. */
  @Test
  void sigterm_ends_it_in_time_with_status_zero_while_the_database_is_silent() throws Exception {
    var database = URI.create(servers.environment().get("DATABASE_URL"));
    try (var network = CutProxy.to(database.toString());
        var service =
            ServiceProcess.start(
                servers.environment(
                    "DATABASE_URL",
                    database.toString().replace(":" + database.getPort(), ":" + network.port())));
        var api = new Api(service.port(), "acme")) {
      api.create("ana@example.org");
      await().until(service::publishes);
      network.cut();
      var inFlight = CompletableFuture.runAsync(() -> listUntilTheEnd(api));

      // and the relay has begun to renew its lease
      await().pollDelay(Duration.ofSeconds(2)).until(() -> !inFlight.isDone());
      var before = Instant.now();
      service.terminate();

      assertThat(service.exitStatus()).isZero();
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
      assertThat(service.lines()).anyMatch(line -> line.contains("Stopping took longer than"));
    }
  }

  private static void listUntilTheEnd(Api api) {
    try {
      api.get("/users");
    } catch (IOException _) {
      return; // the service has ended
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_was_answered_before_a_kill_is_published_once() throws Exception {
    var answered = new CopyOnWriteArrayList<String>();
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme")) {
      var load = Thread.startVirtualThread(() -> createUntilRefused(api, answered));
      await().until(() -> answered.size() >= 200);
      service.kill();
      load.join();
    }
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme");
        var subscriber = new Subscriber(servers.nats().url(), "after", "acme")) {
      var last = api.create("last@example.org");
      var published = new ArrayList<String>();
      do {
        published.add(userId(subscriber.next()));
      } while (!published.getLast().equals(last));

      assertThat(published).doesNotHaveDuplicates().containsAll(answered);
    }
  }

  @Test
  void another_instance_goes_on_when_the_one_that_publishes_is_killed() throws Exception {
    try (var leader = ServiceProcess.start(servers.environment())) {
      leader.port();
      await().until(leader::publishes);
      try (var other = ServiceProcess.start(servers.environment());
          var api = new Api(other.port(), "acme");
          var subscriber = new Subscriber(servers.nats().url(), "both", "acme")) {
        var first = api.create("first@example.org");
        assertThat(userId(subscriber.next())).isEqualTo(first);
        assertThat(other.publishes()).isFalse();

        leader.kill();
        var second = api.create("second@example.org");

        await().atMost(Duration.ofSeconds(5)).until(other::publishes);
        assertThat(userId(subscriber.next())).isEqualTo(second);
        assertThat(subscriber.isAtEnd()).isTrue();
      }
    }
  }

  /** If nobody told the one that publishes, it would look by itself every five seconds. */
  @Test
  void what_another_instance_commits_is_published_soon() throws Exception {
    try (var leader = ServiceProcess.start(servers.environment())) {
      leader.port();
      await().until(leader::publishes);
      try (var other = ServiceProcess.start(servers.environment());
          var api = new Api(other.port(), "acme");
          var subscriber = new Subscriber(servers.nats().url(), "both", "acme")) {
        var before = Instant.now();
        for (var i = 0; i < 10; i++) {
          var created = api.create("user" + i + "@example.org");
          assertThat(userId(subscriber.next())).isEqualTo(created);
        }

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(other.publishes()).isFalse();
      }
    }
  }

  @Test
  void migrate_needs_the_database_and_nothing_else() throws Exception {
    var database = servers.environment().get("DATABASE_URL");
    try (var migration = ServiceProcess.start(Map.of("DATABASE_URL", database), "migrate")) {
      assertThat(migration.exitStatus()).isZero();
      assertThat(migration.lines()).anyMatch(line -> line.matches(".*\"migrations\":[1-9].*"));
    }
    try (var again = ServiceProcess.start(Map.of("DATABASE_URL", database), "migrate")) {
      assertThat(again.exitStatus()).isZero();
      assertThat(again.lines()).anyMatch(line -> line.contains("\"migrations\":0,"));
    }
  }

  private static void createUntilRefused(Api api, List<String> answered) {
    try {
      while (true) {
        answered.add(api.create("user" + answered.size() + "@example.org"));
      }
    } catch (IOException _) {
      return; // the service is gone, as it should be
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String userId(Message message) throws IOException {
    return Api.json(new String(message.getData(), StandardCharsets.UTF_8)).get("userId").asText();
  }
}
