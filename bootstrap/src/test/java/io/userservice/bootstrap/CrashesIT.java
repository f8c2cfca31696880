package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.nats.testserver.Folders;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The service or PostgreSQL crashes, JetStream forgets, the clock jumps. */
@Isolated("takes all processors")
final class CrashesIT extends UnderLoad {
  @Test
  void a_service_that_is_killed() throws Exception {
    var service = faults.startService();
    port.set(service.port());
    try (var load = new Load(CLIENTS, port::get)) {
      for (var round = 0; round <= ROUNDS; round++) {
        awaitMore(load);
        service.kill();
        service = faults.startService();
        port.set(service.port());
      }
      awaitMore(load);
      ledgers.assertAgree(load.end());
    }
  }

  /**
   * Between what JetStream does and what we make of it: all that the service has sent is stored,
   * and nobody told it so before it was killed.
   */
  @Test
  void a_service_that_is_killed_before_it_hears_what_is_stored() throws Exception {
    var service = faults.startService();
    port.set(service.port());
    try (var load = new Load(CLIENTS, port::get)) {
      for (var round = 0; round < ROUNDS; round++) {
        awaitMore(load);
        faults.network().muffle();
        await().until(() -> ledgers.stored() > ledgers.marked());
        service.kill();
        assertThat(ledgers.stored()).as("stored and not marked").isGreaterThan(ledgers.marked());
        faults.network().heal();
        service = faults.startService();
        port.set(service.port());
      }
      awaitMore(load);
      ledgers.assertAgree(load.end());
    }
  }

  @Test
  void a_clock_that_is_set_back_and_forth() throws Exception {
    var ahead = new AtomicReference<>(Duration.ZERO);
    try (var service = faults.serviceInside(() -> Instant.now().plus(ahead.get()))) {
      service.start();
      try (var load = new Load(CLIENTS, service::port)) {
        for (var round = 0; round < ROUNDS; round++) {
          for (var hours : List.of(-2, 0, -30, 0)) {
            awaitMore(load);
            ahead.set(Duration.ofHours(hours));
          }
        }
        awaitMore(load);
        ledgers.assertAgree(load.end());
      }
    }
  }

  @Test
  void a_postgresql_that_crashes() throws Exception {
    underLoad(_ -> faults.crashDatabase());
  }

  @Test
  void a_jetstream_that_is_wiped() throws Exception {
    underLoad(
        _ -> {
          faults.wipeNatsStore();
          await().atMost(Duration.ofSeconds(60)).until(() -> ledgers.stored() > 0);
        });
    assertThat(ledgers.count("select count(*) from streams")).isGreaterThan(ROUNDS);
  }

  @Test
  void a_jetstream_that_is_rolled_back() throws Exception {
    underLoad(
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
