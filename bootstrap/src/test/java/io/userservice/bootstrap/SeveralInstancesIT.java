package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.bootstrap.Faults.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The instance that publishes is killed, frozen, or cut off, amid a backlog and under load: another
 * one goes on, and the former one does no harm when it is back, though by then the stream has
 * forgotten what it would tell as duplicates. As many rounds as a {@link Drill} has.
 */
@Isolated("a take-over has a time")
final class SeveralInstancesIT {
  private static final int BACKLOG = 8_000;
  private static final int CLIENTS = 3;
  private static final Duration AFTER_A_KILL = Duration.ofSeconds(5);
  private static final Duration IN_TIME = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Faults faults;
  private Ledgers ledgers;

  @BeforeEach
  void startServers() throws IOException {
    faults = new Faults(folder);
    ledgers = new Ledgers(faults.databaseUrl(), faults.nats().url());
  }

  @AfterEach
  void stopServers() {
    faults.close();
  }

  /** What is done to a host. */
  private interface Deed {
    void to(Host host) throws Exception;
  }

  /** In each round a new instance takes over from the one of the round before. */
  private void takeOver(Duration inTime, Deed begin, Deed end) throws Exception {
    var answered = new ArrayList<Change>();
    var leader = faults.startHost();
    leader.service().port();
    await().atMost(PATIENCE).until(leader.service()::publishes);
    for (var round = 0; round < Drill.ROUNDS; round++) {
      var next = faults.startHost();
      var port = next.service().port();
      try (var load = new Load(CLIENTS, () -> port)) {
        publishSomeOf(BACKLOG);
        assertThat(next.service().publishes()).as("two publish at once").isFalse();
        var since = System.nanoTime();
        begin.to(leader);
        await("take-over")
            .atMost(inTime)
            .pollInterval(Duration.ofMillis(10))
            .until(next.service()::publishes);
        System.out.printf("take-over after %d ms%n", (System.nanoTime() - since) / 1_000_000);
        awaitLess(CLIENTS * 4);
        end.to(leader);
        publishSomeOf(BACKLOG / 10);
        answered.addAll(load.end());
      }
      leader.service().kill();
      leader = next;
    }
    ledgers.assertAgree(answered);
  }

  private void publishSomeOf(int backlog) throws Exception {
    ledgers.execute(Backlog.of(backlog));
    awaitLess(backlog * 3 / 4);
  }

  /** Asks often, so that it comes amid the backlog; on one connection, for a new one is work. */
  private void awaitLess(int pending) throws SQLException {
    try (var connection = ledgers.connect()) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> Ledgers.count(connection, "select count(*) from outbox") < pending);
    }
  }

  @Test
  void one_that_is_killed() throws Exception {
    takeOver(AFTER_A_KILL, leader -> leader.service().kill(), _ -> {});
  }

  @Test
  void one_that_is_frozen_and_thawed() throws Exception {
    takeOver(IN_TIME, leader -> leader.service().freeze(), leader -> leader.service().thaw());
  }

  /** It still has the database, and so it would keep its lease. */
  @Test
  void one_that_is_cut_off_from_nats() throws Exception {
    takeOver(IN_TIME, leader -> leader.toNats().cut(), leader -> leader.toNats().heal());
  }

  /** What it had sent arrives when the cable is back. */
  @Test
  void one_that_is_cut_off_from_everything() throws Exception {
    takeOver(
        IN_TIME,
        leader -> {
          leader.toNats().cut();
          leader.toDatabase().cut();
        },
        leader -> {
          leader.toNats().heal();
          leader.toDatabase().heal();
        });
    assertThat(ledgers.count("select count(*) from streams")).isEqualTo(1);
  }
}
