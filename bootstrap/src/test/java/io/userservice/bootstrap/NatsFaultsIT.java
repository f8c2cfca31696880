package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** NATS, or the way there, is out of order: nobody who asks the service feels it. */
@Isolated("compares times")
final class NatsFaultsIT extends UnderLoad {
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
}
