package io.userservice.bootstrap;

import static io.userservice.bootstrap.Drill.ROUNDS;
import static io.userservice.bootstrap.Drill.SOME;
import static io.userservice.bootstrap.Drill.awaitMore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.nats.testserver.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Crashes, loss, and whatever else needs real servers of its own, under load. What NATS does
 * otherwise is in {@link NatsFaultsIT}.
 */
@Isolated("compares times")
final class FaultsIT {
  @TempDir private Path folder;
  private Faults faults;
  private Ledgers ledgers;
  private ServiceProcess service;
  private volatile int port; // clients ask for it

  @BeforeEach
  void startServers() throws IOException {
    use(new Faults(folder));
  }

  private void use(Faults servers) {
    faults = servers;
    ledgers = new Ledgers(faults.databaseUrl(), faults.nats().url());
  }

  @AfterEach
  void stopServers() {
    faults.close();
  }

  private Drill drill() throws IOException {
    restartService();
    return new Drill(ledgers, () -> port);
  }

  private void restartService() throws IOException {
    service = faults.startService();
    port = service.port();
  }

  @Test
  void a_service_that_is_killed() throws Exception {
    drill()
        .underLoad(
            load -> {
              service.kill();
              restartService();
              awaitMore(load);
              service.kill(); // one that found what the first had left
              restartService();
            });
  }

  /**
   * Between what JetStream does and what we make of it: all that the service has sent is stored,
   * and nobody told it so before it was killed.
   */
  @Test
  void a_service_that_is_killed_before_it_hears_what_is_stored() throws Exception {
    drill()
        .underLoad(
            _ -> {
              faults.network().muffle();
              await().until(() -> ledgers.stored() > ledgers.marked());
              service.kill();
              assertThat(ledgers.stored())
                  .as("stored and not marked")
                  .isGreaterThan(ledgers.marked());
              faults.network().heal();
              restartService();
            });
  }

  @Test
  void a_nats_without_room() throws Exception {
    faults.close();
    use(new Faults(Files.createDirectory(folder.resolve("small")), Ballast.ROOM));
    try (var ballast = new Ballast(faults.nats().url())) {
      drill()
          .withoutNats(
              () -> {
                ballast.fill();
                await().until(() -> ledgers.count("select count(*) from outbox") > SOME / 2);
              },
              ballast::remove);
    }
    assertThat(ledgers.count("select count(*) from outbox where refusal is not null")).isZero();
  }

  @Test
  void a_clock_that_is_set_back_and_forth() throws Exception {
    var ahead = new AtomicReference<>(Duration.ZERO);
    try (var inside = faults.serviceInside(() -> Instant.now().plus(ahead.get()))) {
      inside.start();
      new Drill(ledgers, inside::port)
          .underLoad(
              load -> {
                for (var hours : List.of(-2, 0, -30, 0)) {
                  ahead.set(Duration.ofHours(hours));
                  awaitMore(load);
                }
              });
    }
  }

  @Test
  void a_postgresql_that_crashes() throws Exception {
    drill().underLoad(_ -> faults.crashDatabase());
  }

  @Test
  void a_jetstream_that_is_wiped() throws Exception {
    drill()
        .underLoad(
            _ -> {
              faults.wipeNatsStore();
              await().atMost(Duration.ofSeconds(60)).until(() -> ledgers.stored() > 0);
            });
    assertThat(ledgers.count("select count(*) from streams")).isGreaterThan(ROUNDS);
  }

  @Test
  void a_jetstream_that_is_rolled_back() throws Exception {
    drill()
        .underLoad(
            load -> {
              var copy = Files.createTempDirectory(folder, "copy");
              faults.nats().stop();
              Folders.copy(faults.natsStore(), copy);
              faults.nats().restart();
              awaitMore(load);
              await().until(() -> ledgers.marked() > SOME);
              faults.replaceNatsStore(copy);
            });
  }
}
