package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The same statements, each alone and with a commit of its own, as PostgreSQL's own tool does it.
 */
final class PgBench {
  private final Tool pgbench;
  private final Rig rig;
  private final Path scripts;
  private final Database database;
  private final int users;

  PgBench(Tool pgbench, Rig rig, Path scripts, Database database, int users) {
    this.pgbench = pgbench;
    this.rig = rig;
    this.scripts = scripts;
    this.database = database;
    this.users = users;
  }

  /** Each connection makes its next change when the last is done. */
  Figures run(String script, int connections, Duration time)
      throws IOException, InterruptedException, SQLException {
    return run(script, connections, time, List.of());
  }

  /**
   * Changes begin when it is time, on the next of the connections that is free; each one's time
   * begins when it should have begun.
   */
  Figures runOpen(String script, int connections, Duration time, int perSecond)
      throws IOException, InterruptedException, SQLException {
    return run(script, connections, time, List.of("--rate=" + perSecond));
  }

  private Figures run(String script, int connections, Duration time, List<String> more)
      throws IOException, InterruptedException, SQLException {
    var log = Files.createTempDirectory(rig.folder(), "pgbench").resolve("log");
    var ready = Instant.now().plus(toGetReady(connections));
    var arguments =
        new ArrayList<>(
            List.of(
                "-h",
                "localhost",
                "-p",
                Integer.toString(rig.postgresPort()),
                "-U",
                "postgres",
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(connections),
                "-j",
                "1",
                "-T",
                Long.toString(time.plus(toGetReady(connections)).toSeconds()),
                "-D",
                "users=" + users,
                "-l",
                "--log-prefix=" + log,
                "-f",
                scripts.resolve(script + ".sql").toString()));
    arguments.addAll(more);
    arguments.add(database.name());
    var said = pgbench.run(Map.of(), arguments);
    awaitEnd();
    var times = times(log.getParent(), ready, time);
    return new Figures(
        times.length / (time.toMillis() / 1e3),
        millis(times, 0.5),
        millis(times, 0.99),
        millis(times, 0.999),
        (long) number(said, "number of failed transactions: "),
        Cpu.NONE);
  }

  /** Its time begins before it connects, and each connection makes plans of its own. */
  private static Duration toGetReady(int connections) {
    return Duration.ofSeconds(2 + connections / 16);
  }

  /** A process of PostgreSQL's that ends takes its account of time with it. */
  private void awaitEnd() throws SQLException {
    while (0
        < database.count(
            "select count(*) from pg_stat_activity where application_name = 'pgbench'")) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static double number(String said, String label) throws IOException {
    return said.lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).split(" ")[0])
        .map(Double::valueOf)
        .findFirst()
        .orElseThrow(() -> new IOException("pgbench said: " + said));
  }

  /**
   * How long each took, in microseconds, of those that ended in {@code time} after all were ready;
   * behind it the connections end, one by one, for some seconds.
   */
  private static long[] times(Path folder, Instant ready, Duration time) throws IOException {
    var transactions = new ArrayList<Transaction>();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.readAllLines(file).stream().map(Transaction::of).forEach(transactions::add);
        Files.delete(file);
      }
    }
    var from = ready.toEpochMilli() * 1_000;
    var until = from + time.toMillis() * 1_000;
    return transactions.stream()
        .filter(transaction -> from < transaction.end() && transaction.end() <= until)
        .mapToLong(Transaction::length)
        .sorted()
        .toArray();
  }

  /** A line of pgbench's log; in microseconds. */
  private record Transaction(long length, long end) {
    static Transaction of(String line) {
      var words = line.split(" ");
      return new Transaction(
          Long.parseLong(words[2]),
          Long.parseLong(words[4]) * 1_000_000 + Long.parseLong(words[5]));
    }
  }

  private static double millis(long[] sorted, double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))] / 1e3;
  }
}
