package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Nats;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.adapter.persistence.Persistence;
import io.userservice.adapter.persistence.SchemaMigration;
import io.userservice.adapter.persistence.testserver.PostgresServer;
import io.userservice.adapter.persistence.testserver.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The rights that docs/operating.md asks for are enough. */
@Execution(ExecutionMode.CONCURRENT)
final class RightsIT {
  private static final Path PAGE = Path.of("..", "docs", "operating.md");

  @TempDir private Path folder;
  private final ServerAddress database = PostgresServer.newDatabase();
  private final ServerAddress guest = PostgresServer.newGuest(database);
  private NatsServer nats;

  @BeforeEach
  void startServers() throws IOException, SQLException {
    SchemaMigration.run(database.dataSource());
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          told("sql\n(grant .*?)").replace("to service;", "to " + guest.user() + ";"));
    }
    nats =
        NatsServer.ofOurOwn(
            Setup.in(folder)
                .with(
                    "authorization { users: [{user: ana, password: r1ght, %s}] }"
                        .formatted(told("\n(permissions .*?)"))));
  }

  @AfterEach
  void stopServers() {
    nats.close();
    PostgresServer.drop(database);
    PostgresServer.dropGuest(guest);
  }

  private static String told(String block) throws IOException {
    var found = Pattern.compile("(?s)```" + block + "```").matcher(Files.readString(PAGE));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void who_has_them_serves_publishes_and_compares() throws Exception {
    try (var service =
            ServiceProcess.start(
                Map.of(
                    "PORT",
                    "0",
                    "DATABASE_URL",
                    guest.url(),
                    "NATS_URL",
                    address(),
                    "JWT_SECRET",
                    TestServers.SECRET));
        var api = new Api(service.port(), "acme")) {
      var path = "/users/" + api.create("ana@example.org");
      assertThat(api.patch(path, "{\"name\":\"Ann\"}").statusCode()).isEqualTo(200);
      assertThat(api.delete(path).statusCode()).isEqualTo(204);
      awaitPublished(api, "user.deleted");

      publishAsAStranger();

      assertThat(api.post(path + "/restore", "").statusCode()).isEqualTo(200);
      await().atMost(Duration.ofSeconds(20)).until(() -> published(api, "user.updated") == 2);
      assertThat(service.lines()).noneMatch(line -> line.contains("no response"));
    }
  }

  private String address() {
    return nats.url().replace("://", "://ana:r1ght@");
  }

  /** What the service didn't write it must read before it goes on. */
  private void publishAsAStranger() throws Exception {
    var connection = Nats.connect(address());
    try {
      connection.jetStream().publish("user.created", new byte[] {'{', '}'});
    } finally {
      connection.close();
    }
  }

  @Test
  void who_has_them_sweeps_up() {
    var persistence = new Persistence(guest.dataSource(), () -> {});

    assertThat(persistence.purgeEvents(Duration.ofDays(8))).isZero();
    assertThat(persistence.purgeExpiredKeys()).isZero();
  }

  private static void awaitPublished(Api api, String type) {
    await().atMost(Duration.ofSeconds(20)).until(() -> published(api, type) == 1);
  }

  private static int published(Api api, String type) throws IOException, InterruptedException {
    var metric = "outbox_published_total{type=\"%s\"} ".formatted(type);
    return api.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(metric.length())))
        .sum();
  }
}
