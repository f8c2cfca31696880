package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.adapter.persistence.testserver.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does by the shipped jar, beside a service at work. */
@Execution(ExecutionMode.CONCURRENT)
final class OperatorIT {
  private static final String LARGE =
      "{\"attributes\":{\"a\":\"%s\"}}".formatted("x".repeat(8_000));
  private static final String ALSO_LARGE = LARGE.replace('x', 'y');

  @TempDir private Path folder;
  private final ServerAddress database = PostgresServer.newDatabase();
  private NatsServer nats;

  @BeforeEach
  void startServers() throws IOException {
    nats = NatsServer.ofOurOwn(Setup.in(folder).with("max_payload: 6000"));
  }

  @AfterEach
  void stopServers() {
    nats.close();
    PostgresServer.drop(database);
  }

  private Map<String, String> environment() {
    return Map.of(
        "HOST",
        "127.0.0.1",
        "PORT",
        "0",
        "DATABASE_URL",
        database.url(),
        "NATS_URL",
        nats.url(),
        "LOG_LEVEL",
        "info",
        "JWT_SECRET",
        TestServers.SECRET);
  }

  @Test
  void an_event_that_is_too_large_is_set_aside_listed_and_dropped() throws Exception {
    nats.stop();
    try (var service = ServiceProcess.start(environment());
        var api = new Api(service.port(), "acme")) {
      var path = "/users/" + api.create("ana@example.org");
      assertThat(api.patch(path, LARGE).statusCode()).as("no limit is known").isEqualTo(200);
      assertThat(api.patch(path, "{\"name\":\"Ann\"}").statusCode()).isEqualTo(200);
      var other = api.create("bob@example.org");
      nats.restart();

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> api.get("/metrics").body().contains("outbox_quarantined_events 1"));
      await().until(() -> api.get("/changes").body().contains(other));
      assertThat(api.patch(path, ALSO_LARGE).statusCode()).as("now it is known").isEqualTo(400);
      var listed = run("events", "quarantine", "list");
      assertThat(listed).singleElement().asString().contains("6000").contains("user.updated");
      var id = Api.json(listed.getFirst()).get("eventId").asText();

      assertThat(run("events", "quarantine", "retry", id)).containsExactly(id);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !run("events", "quarantine", "list").isEmpty());
      assertThat(run("events", "quarantine", "drop", id)).containsExactly(id);

      assertThat(run("events", "quarantine", "list")).isEmpty();
      assertThat(status("events", "quarantine", "drop", id)).isEqualTo(65);
      await().until(() -> api.get("/changes").body().contains("\"to\":\"Ann\""));
      assertThat(Api.json(api.get(path + "/history")).get("items")).hasSize(3);
    }
  }

  @Test
  void stream_info_looks_and_creates_nothing() throws Exception {
    assertThat(run("stream", "info"))
        .containsExactly("There is no stream USER_EVENTS; the service creates it.");
    assertThat(run("stream", "info")).anyMatch(line -> line.startsWith("There is no stream"));

    try (var service = ServiceProcess.start(environment());
        var api = new Api(service.port(), "acme")) {
      api.create("ana@example.org");
      var told =
          await().until(() -> run("stream", "info"), lines -> lines.contains("messages   1"));
      assertThat(told).contains("settings   as the service would create it");
    }
  }

  @Test
  void a_schema_that_isnt_there_is_told_in_a_line() throws Exception {
    try (var list = ServiceProcess.start(environment(), "events", "quarantine", "list")) {
      assertThat(list.exitStatus()).isEqualTo(69);
      assertThat(list.lines())
          .containsExactly(
              "The schema isn't the one of this version: user-service migrate makes it");
    }
  }

  @Test
  void a_schema_of_a_newer_version_is_as_good() throws Exception {
    run("migrate");
    try (var connection = database.dataSource().getConnection()) {
      connection
          .createStatement()
          .execute(
              "insert into flyway_schema_history select 999, '999', 'newer', type, "
                  + "'V999__newer.sql', checksum, installed_by, installed_on, 1, true "
                  + "from flyway_schema_history limit 1");
    }

    assertThat(run("events", "quarantine", "list")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "serve", "events quarantine list"})
  void a_right_that_is_missing_in_the_database_is_told_in_a_line(String arguments)
      throws Exception {
    run("migrate");
    var guest = PostgresServer.newGuest(database);
    var environment = new HashMap<>(environment());
    environment.put("DATABASE_URL", guest.url());
    environment.put("PORT", "0");
    try (var command = ServiceProcess.start(environment, arguments.split(" "))) {
      assertThat(command.exitStatus()).isEqualTo(69);
      assertThat(command.lines())
          .contains(
              "DATABASE_URL: its role lacks a right: "
                  + "permission denied for table flyway_schema_history")
          .noneMatch(line -> line.startsWith("\tat "));
    } finally {
      PostgresServer.drop(database);
      PostgresServer.dropGuest(guest);
    }
  }

  @Test
  void what_is_logged_is_not_among_the_results() throws Exception {
    try (var migration = ServiceProcess.startForResults(environment(), "migrate")) {
      assertThat(migration.exitStatus()).isZero();
      assertThat(migration.lines()).isEmpty();
    }
  }

  @Test
  void a_fault_has_a_status_of_its_own() throws Exception {
    run("migrate");
    try (var connection = database.dataSource().getConnection()) {
      connection.createStatement().execute("drop table outbox");
    }

    try (var list = ServiceProcess.start(environment(), "events", "quarantine", "list")) {
      assertThat(list.exitStatus()).isEqualTo(70);
      assertThat(list.lines()).contains("user-service failed:");
    }
  }

  @Test
  void stream_info_without_nats_ends_with_69() throws Exception {
    nats.stop();
    assertThat(status("stream", "info")).isEqualTo(69);
  }

  private List<String> run(String... arguments) throws Exception {
    try (var command = ServiceProcess.start(quiet(), arguments)) {
      assertThat(command.exitStatus()).as(Arrays.toString(arguments) + command.lines()).isZero();
      return command.lines();
    }
  }

  private int status(String... arguments) throws Exception {
    try (var command = ServiceProcess.start(quiet(), arguments)) {
      return command.exitStatus();
    }
  }

  private Map<String, String> quiet() {
    var environment = new HashMap<>(environment());
    environment.put("LOG_LEVEL", "error");
    return environment;
  }
}
