package io.userservice.bootstrap;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Faults of NATS and of the way there, under load, on real servers. One service goes through all of
 * them: none may leave anything behind.
 */
@Isolated("compares times")
final class NatsFaultsIT {
  @TempDir private static Path folder;
  private static Faults faults;
  private static Ledgers ledgers;
  private static Drill drill;

  @BeforeAll
  static void startServers() throws IOException {
    faults = new Faults(folder);
    ledgers = new Ledgers(faults.databaseUrl(), faults.nats().url());
    var port = faults.startService().port();
    drill = new Drill(ledgers, () -> port);
  }

  @AfterAll
  static void stopServers() {
    faults.close();
  }

  @Test
  void a_nats_that_is_stopped() throws Exception {
    drill.withoutNats(faults.nats()::stop, faults.nats()::restart);
  }

  @Test
  void a_nats_that_is_killed() throws Exception {
    drill.withoutNats(faults.nats()::kill, faults.nats()::restart);
  }

  @Test
  void a_nats_that_is_frozen() throws Exception {
    drill.withoutNats(
        faults.nats()::pause,
        () -> {
          await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
          faults.nats().resume();
        });
  }

  @Test
  void a_network_that_is_cut() throws Exception {
    drill.withoutNats(
        faults.network()::cut,
        () -> {
          await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
          faults.network().heal();
        });
  }

  /** For longer than the stream can tell duplicates, which is a tenth of a second. */
  @Test
  void a_network_that_swallows_all_answers() throws Exception {
    drill.withoutNats(
        faults.network()::muffle,
        () -> {
          await().until(() -> ledgers.stored() > ledgers.marked());
          await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
          faults.network().heal();
        });
  }

  @Test
  void a_network_that_is_slow() throws Exception {
    drill.withoutNats(() -> faults.network().slow(40), faults.network()::heal);
  }
}
