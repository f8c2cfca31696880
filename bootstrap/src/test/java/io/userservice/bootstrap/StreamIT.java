package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.PurgeOptions;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an operator does to the stream, and how the service tells of it. */
@Execution(ExecutionMode.CONCURRENT)
final class StreamIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  /** Something that is done to streams. */
  private interface Work {
    void on(JetStreamManagement management) throws IOException, JetStreamApiException;
  }

  private void manage(Work work) throws Exception {
    var connection = Nats.connect(servers.nats().url());
    try {
      work.on(connection.jetStreamManagement());
    } finally {
      connection.close();
    }
  }

  private static long lines(ServiceProcess service, String words) {
    return service.lines().stream().filter(line -> line.contains(words)).count();
  }

  private static void awaitMetric(Api api, String line) {
    await().atMost(PATIENCE).until(() -> api.get("/metrics").body().contains("\n" + line));
  }

  @Test
  void what_it_lost_is_published_again_and_told_once_and_what_was_purged_is_not() throws Exception {
    var ledgers = new Ledgers(servers.environment().get("DATABASE_URL"), servers.nats().url());
    ForgetfulStream.create(servers.nats().url()); // or it would hide what is published again
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme")) {
      for (var i = 0; i < 20; i++) {
        api.create("user" + i + "@example.org");
      }
      await().atMost(PATIENCE).until(() -> ledgers.marked() == 20);
      manage(
          management ->
              management.purgeStream("USER_EVENTS", PurgeOptions.builder().sequence(6).build()));
      await()
          .atMost(PATIENCE)
          .until(() -> ledgers.count("select max(first_seq) from streams") == 6);
      awaitMetric(api, "outbox_repaired_total 0");

      manage(management -> management.deleteStream("USER_EVENTS"));

      awaitMetric(api, "outbox_repaired_total 15");
      await().atMost(PATIENCE).until(() -> ledgers.stored() == 15);
      api.create("later@example.org");
      await().until(() -> ledgers.stored() == 16);
      assertThat(lines(service, "The stream had lost events")).isEqualTo(1);
    }
  }

  @Test
  void what_an_operator_altered_is_left_so_and_told_by_a_warning_and_a_metric() throws Exception {
    var altered =
        StreamConfiguration.builder()
            .name("USER_EVENTS")
            .subjects("user.*")
            .maxAge(Duration.ofDays(30))
            .duplicateWindow(Duration.ofMinutes(2))
            .build();
    manage(management -> management.addStream(altered));
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme");
        var subscriber = new Subscriber(servers.nats().url(), "billing", "acme")) {
      api.create("ana@example.org");
      subscriber.next();
      awaitMetric(api, "stream_config_drift 2");

      servers.nats().kill();
      servers.nats().restart();

      api.create("bob@example.org");
      subscriber.next();
      assertThat(lines(service, "The stream isn't as it would have been created")).isEqualTo(1);
      manage(
          management ->
              assertThat(management.getStreamInfo("USER_EVENTS").getConfiguration().getMaxAge())
                  .isEqualTo(Duration.ofDays(30)));
    }
  }

  @Test
  void another_that_has_our_subjects_is_named_until_it_is_gone() throws Exception {
    manage(
        management ->
            management.addStream(
                StreamConfiguration.builder().name("ALL").subjects("user.>").build()));
    var begin = Instant.now();
    try (var service = ServiceProcess.start(servers.environment());
        var api = new Api(service.port(), "acme")) {
      api.create("ana@example.org");
      await().until(() -> lines(service, "There is no stream to publish to") > 0);
      assertThat(service.lines()).anyMatch(line -> line.contains("subjects overlap"));
      assertThat(api.get("/health/ready").body()).contains("degraded", "there is no stream");

      manage(management -> management.deleteStream("ALL"));

      await().atMost(PATIENCE).until(() -> Api.json(api.get("/changes")).get("items").size() == 1);
      assertThat(lines(service, "There is no stream to publish to"))
          .as("one in ten seconds")
          .isLessThanOrEqualTo(1 + Duration.between(begin, Instant.now()).toSeconds() / 10);
    }
  }
}
