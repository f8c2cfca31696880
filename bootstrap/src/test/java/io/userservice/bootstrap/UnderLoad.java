package io.userservice.bootstrap;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults under load, on real servers. After each, what was committed and what is in the stream is
 * the same: nothing lost, nothing twice, every user's events in order. The property {@code
 * faults.rounds} (profile {@code faults}) makes it a long suite.
 */
abstract class UnderLoad {
  static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
  static final int CLIENTS = 6;
  static final int SOME = 150;

  @TempDir Path folder;
  final AtomicInteger port = new AtomicInteger();
  Faults faults;
  Ledgers ledgers;

  @BeforeEach
  void startServers() throws IOException {
    use(new Faults(folder));
  }

  final void use(Faults servers) {
    faults = servers;
    ledgers = new Ledgers(faults.databaseUrl(), faults.nats().url());
  }

  @AfterEach
  void stopServers() {
    faults.close();
  }

  /** What goes wrong, once, while clients are at work. */
  interface Fault {
    void happen(Load load) throws Exception;
  }

  final void underLoad(Fault fault) throws Exception {
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
  static void awaitMore(Load load) {
    var enough = load.answered() + SOME + ThreadLocalRandom.current().nextInt(SOME);
    await().atMost(Duration.ofSeconds(60)).until(() -> load.answered() > enough);
  }
}
