package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Closed-loop load: each connection asks again when it has its answer. */
final class Wrk {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Tool wrk;
  private final Rig rig;
  private final Path scripts;
  private final int users;

  /**
   * @param users how many there are to be read and changed
   */
  Wrk(Tool wrk, Rig rig, Path scripts, int users) {
    this.wrk = wrk;
    this.rig = rig;
    this.scripts = scripts;
    this.users = users;
  }

  /** The same over another number of users. */
  Wrk over(int users) {
    return new Wrk(wrk, rig, scripts, users);
  }

  Figures run(Instance service, String script, int connections, Duration time)
      throws IOException, InterruptedException {
    var before = rig.cpu(service.process());
    var said =
        wrk.run(
            environment(),
            List.of(
                "-t1",
                "-c" + connections,
                "-d" + time.toSeconds() + "s",
                "--timeout",
                "10s",
                "-s",
                scripts.resolve(script + ".lua").toString(),
                "http://127.0.0.1:" + service.port()));
    var spent = rig.cpu(service.process()).minus(before);
    return figures(said, spent);
  }

  private Map<String, String> environment() {
    return Map.of(
        "BENCH_TOKEN",
        Api.token("acme"),
        "BENCH_RUN",
        ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet(),
        "BENCH_USERS",
        Integer.toString(users),
        "BENCH_SCRIPTS",
        scripts.toString());
  }

  /** The line that the scripts print at the end; times in microseconds. */
  private static Figures figures(String said, Cpu spent) throws IOException {
    var words =
        said.lines()
            .filter(line -> line.startsWith("FIGURES "))
            .findFirst()
            .orElseThrow(() -> new IOException("wrk said: " + said))
            .split(" ");
    var requests = Double.parseDouble(words[1]);
    return new Figures(
        requests / (Double.parseDouble(words[2]) / 1e6),
        millis(words[5]),
        millis(words[6]),
        millis(words[7]),
        Long.parseLong(words[3]) + Long.parseLong(words[4]),
        spent.per(requests));
  }

  private static double millis(String micros) {
    return Double.parseDouble(micros) / 1e3;
  }
}
