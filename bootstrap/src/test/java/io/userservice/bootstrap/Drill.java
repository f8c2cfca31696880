package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/**
 * Faults that happen while clients are at work, {@code faults.rounds} times each (profile {@code
 * faults}). After them what was committed and what is in the stream is the same: nothing lost,
 * nothing twice, every user's events in order.
 */
final class Drill {
  static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
  private static final int CLIENTS = 6;
  static final int SOME = 150;

  private final Ledgers ledgers;
  private final IntSupplier port;

  /**
   * @param port where the service is to be found at the moment
   */
  Drill(Ledgers ledgers, IntSupplier port) {
    this.ledgers = ledgers;
    this.port = port;
  }

  /** What goes wrong, once, while clients are at work. */
  interface Fault {
    void happen(Load load) throws Exception;
  }

  void underLoad(Fault fault) throws Exception {
    try (var load = new Load(CLIENTS, port)) {
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

  /** Something that is done to NATS or to the way there. */
  interface Step {
    void run() throws Exception;
  }

  /**
   * A fault that requests have nothing to do with, and don't feel: were one to wait for NATS, it
   * would be for seconds. That the median is the same to the millisecond is for a benchmark to say.
   */
  void withoutNats(Step begin, Step end) throws Exception {
    underLoad(
        load -> {
          load.medianTime();
          awaitMore(load);
          var usual = load.medianTime();
          begin.run();
          try {
            awaitMore(load);
            var during = load.medianTime();
            System.out.printf("median of a change: %s, during the fault %s%n", usual, during);
            assertThat(during).isLessThan(usual.multipliedBy(3).plusMillis(20));
          } finally {
            end.run(); // or the next one would be two faults at once
          }
        });
  }
}
