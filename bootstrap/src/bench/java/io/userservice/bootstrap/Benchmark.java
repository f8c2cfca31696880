package io.userservice.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The whole service as it is shipped, on real servers on this machine, beside the same SQL under
 * pgbench on the same server in the same run: it is the ratio that counts. Ends with a table on the
 * console and, where asked for, in {@code docs/performance.md}.
 *
 * <p>Properties: {@code bench.runs} (3) and {@code bench.seconds} (8) for each figure, {@code
 * bench.users} (100,000) there at the begin, {@code bench.docs} the folder to write to.
 */
final class Benchmark {
  static final List<Integer> CONNECTIONS = List.of(1, 16, 64, 256);
  static final int RUNS = Integer.getInteger("bench.runs", 3);
  static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 8));

  /** A disk that stalls once in some seconds is to be seen in each run, or in none. */
  private static final Duration OPEN = Duration.ofSeconds(10);

  /**
   * The compiler works on for a minute on two busy processors, and again with each kind of load:
   * while it does, a request costs up to half as much more.
   */
  private static final Duration WARM_UP = Duration.ofMinutes(1);

  private static final Duration WARM_UP_OF_A_LOAD = Duration.ofSeconds(15);

  private static final int USERS = Integer.getInteger("bench.users", 100_000);
  private static final Path ROOT = Path.of(System.getProperty("bench.root", "."));
  private static final Path RESOURCES = Path.of("src", "bench", "resources").toAbsolutePath();

  private final Rig rig;
  private final Wrk wrk;
  private final PgBench pgbench;
  private final HyperfoilLoad open;
  private final Database database;
  private final Report report = new Report();
  private final Undisturbed undisturbed = new Undisturbed();

  private Benchmark(Rig rig, Tool wrk, Tool pgbench) throws Exception {
    this.rig = rig;
    this.database = rig.database("service", USERS);
    this.wrk = new Wrk(wrk, rig, RESOURCES.resolve("wrk"), USERS);
    this.pgbench =
        new PgBench(
            pgbench, rig, RESOURCES.resolve("pgbench"), rig.database("pgbench", USERS), USERS);
    this.open = new HyperfoilLoad(RESOURCES.resolve("hyperfoil").resolve("create.hf.yaml"));
  }

  static void main(String[] arguments) throws Exception {
    var wrk = Tool.wrk();
    var pgbench = Tool.pgbench();
    if (wrk.isEmpty() || pgbench.isEmpty()) {
      IO.println(
          "The benchmark needs wrk and pgbench on the PATH, and there "
              + "isn't both. For Debian and Ubuntu: apt-get install wrk postgresql");
      System.exit(1);
    }
    var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench");
    try (var rig = new Rig(folder)) {
      new Benchmark(rig, wrk.get(), pgbench.get()).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    var roundTrip = Machine.roundTrip();
    starts();
    try (var service = Instance.start(rig, database, rig.nats().url(), Map.of())) {
      warmUp(service);
      loads(service);
      openLoop(service);
      deliveries(service);
      withoutRelay(service);
      natsDown(service);
      report.memory(service.residentMebibytes());
    }
    natsSlow();
    growth();
    undisturbed.tell(report);
    report.roundTrip(roundTrip, Machine.roundTrip());
    report.print();
    var docs = System.getProperty("bench.docs", "");
    if (!docs.isBlank()) {
      report.write(ROOT.resolve(docs));
    }
  }

  private void warmUp(Instance service) throws Exception {
    IO.println("warming up");
    wrk.run(service, Workload.MIXED.script(), 64, WARM_UP);
  }

  private void warmUp(Instance service, Workload load) throws Exception {
    IO.println("warming up for " + load.title());
    for (var connections : List.of(64, 256, 1)) {
      wrk.run(service, load.script(), connections, WARM_UP_OF_A_LOAD);
    }
  }

  private void starts() throws Exception {
    var times = new ArrayList<Duration>();
    for (var i = 0; i < 5; i++) {
      try (var service = Instance.start(rig, database, rig.nats().url(), Map.of())) {
        times.add(service.toFirstCreate());
      }
    }
    times.sort(null);
    report.start(times.get(times.size() / 2));
  }

  /**
   * Each figure of the service is followed by pgbench's: what the machine does, it does to both.
   */
  private void loads(Instance service) throws Exception {
    for (var load : Workload.values()) {
      warmUp(service, load);
      for (var connections : CONNECTIONS) {
        var ours = new ArrayList<Figures>();
        var alone = new ArrayList<Figures>();
        for (var run = 0; run < RUNS; run++) {
          ours.add(undisturbed.run(() -> wrk.run(service, load.script(), connections, TIME)));
          if (load.pgbench().isPresent()) {
            alone.add(undisturbed.run(() -> pgbench.run(load.pgbench().get(), connections, TIME)));
          }
        }
        report.load(load, connections, Figures.median(ours), alone);
      }
    }
  }

  private void openLoop(Instance service) throws Exception {
    var half = (int) (report.rate(Workload.CREATE, 64) / 2);
    var ours = new ArrayList<Figures>();
    var alone = new ArrayList<Figures>();
    for (var run = 0; run < RUNS; run++) {
      ours.add(undisturbed.run(() -> open.run(service, half, OPEN)));
      alone.add(undisturbed.run(() -> pgbench.runOpen(Workload.CREATE.script(), 64, OPEN, half)));
    }
    report.openLoop(Figures.medianByP99(ours), Figures.medianByP99(alone));
  }

  private void deliveries(Instance service) throws Exception {
    var delivery = new Delivery(rig, database);
    var delays = new ArrayList<Figures>();
    var flushes = new ArrayList<Double>();
    var drains = new ArrayList<Double>();
    for (var run = 0; run < RUNS; run++) {
      var delay = delivery.delay(service, open, Duration.ofSeconds(20));
      delays.add(delay.figures());
      flushes.add(delay.flushMillis());
      drains.add(delivery.drain());
    }
    report.delivery(Figures.median(delays), median(flushes), median(drains));
    report.idle(delivery.idleStatements(Duration.ofSeconds(30)));
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private void withoutRelay(Instance service) throws Exception {
    var delivery = new Delivery(rig, database);
    warmUp(service, Workload.CREATE);
    var with = new ArrayList<Figures>();
    var without = new ArrayList<Figures>();
    for (var run = 0; run < RUNS; run++) {
      with.add(creates(service));
      try (var _ = TakenLease.from(database)) {
        without.add(creates(service));
      }
      delivery.awaitEmptyOutbox();
    }
    report.relay(Figures.median(with), Figures.median(without));
  }

  private Figures creates(Instance service) throws Exception {
    return undisturbed.run(() -> wrk.run(service, Workload.CREATE.script(), 64, TIME));
  }

  private void natsDown(Instance service) throws Exception {
    new Delivery(rig, database).awaitEmptyOutbox();
    var before = service.residentMebibytes();
    rig.nats().stop();
    var figures = new ArrayList<Figures>();
    for (var run = 0; run < RUNS; run++) {
      figures.add(creates(service));
    }
    report.nats("down", Figures.median(figures));
    report.outage(before, service.residentMebibytes());
    rig.nats().restart();
    new Delivery(rig, database).awaitEmptyOutbox();
  }

  private void natsSlow() throws Exception {
    try (var network = CutProxy.to(rig.nats().url());
        var service = Instance.start(rig, database, network.url(), Map.of())) {
      warmUp(service);
      warmUp(service, Workload.CREATE);
      network.slow(40);
      var figures = new ArrayList<Figures>();
      for (var run = 0; run < RUNS; run++) {
        figures.add(creates(service));
      }
      report.nats("40 ms away", Figures.median(figures));
    }
  }

  /** The same with few users in the table and with very many, by turns. */
  private void growth() throws Exception {
    try (var small = Grown.start(rig, wrk, 1_000);
        var large = Grown.start(rig, wrk, 1_000_000)) {
      for (var run = 0; run < RUNS; run++) {
        small.measure(undisturbed, TIME);
        large.measure(undisturbed, TIME);
      }
      for (var grown : List.of(small, large)) {
        report.growth(grown.users(), Figures.median(grown.figures()));
      }
    }
  }
}
