package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.nats.testserver.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Faults of all kinds under load, on real servers. After each, what was committed and what is in
 * the stream is the same: nothing lost, nothing twice, every user's events in order. The property
 * {@code faults.rounds} (profile {@code faults}) makes it a long suite.
 */
@Isolated("compares times")
final class FaultsIT {
  private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
  private static final int CLIENTS = 6;
  private static final int SOME = 150;

  @TempDir private Path folder;
  private final AtomicInteger port = new AtomicInteger();
  private Faults faults;
  private Ledgers ledgers;

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

  /** What goes wrong, once, while clients are at work. */
  private interface Fault {
    void happen(Load load) throws Exception;
  }

  private void underLoad(Fault fault) throws Exception {
    port.set(faults.startService().port());
    try (var load = new Load(CLIENTS, port::get)) {
      for (var round = 0; round < ROUNDS; round++) {
        awaitMore(load);
        fault.happen(load);
      }
      awaitMore(load);
      ledgers.assertAgree(load.end());
    }
  }

  /** Some, never the same number, so that faults come at any moment. */
  private static void awaitMore(Load load) {
    var enough = load.answered() + SOME + ThreadLocalRandom.current().nextInt(SOME);
    await().atMost(Duration.ofSeconds(60)).until(() -> load.answered() > enough);
  }

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

  /** Something that is done to NATS or to the way there. */
  private interface Step {
    void run() throws Exception;
  }

  /**
   * A fault that requests have nothing to do with, and don't feel: were one to wait for NATS, it
   * would be for seconds. That the median is the same to the millisecond is for a benchmark to say.
   */
  private void withoutNats(Step begin, Step end) throws Exception {
    underLoad(
        load -> {
          load.medianTime();
          awaitMore(load);
          var usual = load.medianTime();
          begin.run();
          awaitMore(load);
          var during = load.medianTime();
          end.run();
          System.out.printf("median of a change: %s, during the fault %s%n", usual, during);
          assertThat(during).isLessThan(usual.multipliedBy(3).plusMillis(20));
        });
  }

  @Test
  void a_nats_that_is_stopped() throws Exception {
    withoutNats(faults.nats()::stop, faults.nats()::restart);
  }

  @Test
  void a_nats_that_is_killed() throws Exception {
    withoutNats(faults.nats()::kill, faults.nats()::restart);
  }

  @Test
  void a_nats_that_is_frozen() throws Exception {
    withoutNats(
        faults.nats()::pause,
        () -> {
          await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
          faults.nats().resume();
        });
  }

  @Test
  void a_network_that_is_cut() throws Exception {
    withoutNats(
        faults.network()::cut,
        () -> {
          await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
          faults.network().heal();
        });
  }

  /** For longer than the stream can tell duplicates, which is a tenth of a second. */
  @Test
  void a_network_that_swallows_all_answers() throws Exception {
    withoutNats(
        faults.network()::muffle,
        () -> {
          await().until(() -> ledgers.stored() > ledgers.marked());
          await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
          faults.network().heal();
        });
  }

  @Test
  void a_network_that_is_slow() throws Exception {
    withoutNats(() -> faults.network().slow(40), faults.network()::heal);
  }

  @Test
  void a_nats_without_room() throws Exception {
    faults.close();
    use(new Faults(Files.createDirectory(folder.resolve("small")), Ballast.ROOM));
    try (var ballast = new Ballast(faults.nats().url())) {
      withoutNats(
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
