package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  Figures run(String script, int connections, Duration time)
      throws IOException, InterruptedException {
    var log = Files.createTempDirectory(rig.folder(), "pgbench").resolve("log");
    var said =
        pgbench.run(
            Map.of(),
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
                Long.toString(time.plus(toConnect(connections)).toSeconds()),
                "-D",
                "users=" + users,
                "-l",
                "--log-prefix=" + log,
                "-f",
                scripts.resolve(script + ".sql").toString(),
                database.name()));
    var times = times(log.getParent());
    return new Figures(
        number(said, "tps = "),
        millis(times, 0.5),
        millis(times, 0.99),
        millis(times, 0.999),
        (long) number(said, "number of failed transactions: "),
        Cpu.NONE);
  }

  /** Its time begins before it connects; its rate is that of the time afterwards. */
  private static Duration toConnect(int connections) {
    return Duration.ofSeconds(1 + connections / 50);
  }

  private static double number(String said, String label) throws IOException {
    return said.lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).split(" ")[0])
        .map(Double::valueOf)
        .findFirst()
        .orElseThrow(() -> new IOException("pgbench said: " + said));
  }

  /** The third word of each line, in microseconds. */
  private static long[] times(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
        Files.delete(file);
      }
    }
    return lines.stream().mapToLong(line -> Long.parseLong(line.split(" ")[2])).sorted().toArray();
  }

  private static double millis(long[] sorted, double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))] / 1e3;
  }
}
