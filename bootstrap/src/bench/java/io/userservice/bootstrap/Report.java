package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects figures and makes tables of them, as Markdown. */
final class Report {
  private static final Pattern MEASURED =
      Pattern.compile("(?s)(<!-- measured -->\n).*(<!-- /measured -->)");

  private final Map<Workload, Map<Integer, Cell>> cells = new EnumMap<>(Workload.class);
  private final List<String> rows = new ArrayList<>();

  /** A figure of the service and, where there is one, pgbench's. */
  record Cell(Figures service, Optional<Figures> pgbench) {}

  void load(Workload workload, int connections, Figures service, List<Figures> pgbench) {
    var alone =
        pgbench.isEmpty() ? Optional.<Figures>empty() : Optional.of(Figures.median(pgbench));
    cells
        .computeIfAbsent(workload, _ -> new TreeMap<>())
        .put(connections, new Cell(service, alone));
    IO.println(row(workload, connections));
  }

  double rate(Workload workload, int connections) {
    return cell(workload, connections).service().rate();
  }

  private Cell cell(Workload workload, int connections) {
    return cells.getOrDefault(workload, Map.of()).getOrDefault(connections, NOTHING);
  }

  private static final Cell NOTHING =
      new Cell(new Figures(0, 0, 0, 0, 0, Cpu.NONE), Optional.empty());

  void start(Duration median) {
    row("from the start of the process to the first 201, median of 5", "%d ms", median.toMillis());
  }

  /** In µs. */
  void roundTrip(double begin, double end) {
    row(
        "a byte to another process and back, before all of this and after it",
        "%.1f and %.1f µs",
        begin,
        end);
  }

  void openLoop(Figures ours, Figures alone) {
    openLoop("creates at half of the top rate, open loop: p50 / p99 / p99.9", ours);
    openLoop("the same rate under pgbench, which waits for the same disk", alone);
  }

  private void openLoop(String what, Figures figures) {
    row(
        what,
        "%.1f / %.1f / %.1f ms at %,.0f/s%s",
        figures.p50(),
        figures.p99(),
        figures.p999(),
        figures.rate(),
        failures(figures));
  }

  void delivery(Figures delay, double flush, double drained) {
    row(
        "commit to arrival at a subscriber, at 200 creates/s: p50 / p99 / p99.9",
        "%.2f / %.2f / %.2f ms; PostgreSQL's flush to disk, %.2f ms on average, is part of it",
        delay.p50(),
        delay.p99(),
        delay.p999(),
        flush);
    row("a backlog of 100,000 events is published at", "%,.0f/s", drained);
  }

  void idle(double statements) {
    row("statements of an idle instance", "%.2f/s", statements);
  }

  void relay(Figures with, Figures without) {
    row(
        "creates at 64 connections, with the relay at work / without",
        "%,.0f / %,.0f/s: %.0f %%",
        with.rate(),
        without.rate(),
        100 * with.rate() / without.rate());
  }

  void nats(String how, Figures figures) {
    row(
        "creates at 64 connections, NATS " + how,
        "%,.0f/s, p50 %.1f, p99 %.1f ms%s",
        figures.rate(),
        figures.p50(),
        figures.p99(),
        failures(figures));
  }

  void outage(long before, long after) {
    row(
        "resident memory before / after creating all that time without NATS",
        "%d / %d MiB",
        before,
        after);
  }

  void memory(long mebibytes) {
    row("resident memory after all of the above", "%d MiB", mebibytes);
  }

  void growth(int users, Figures figures) {
    row(
        "creates at 64 connections with %,d users in the table at the begin".formatted(users),
        "%,.0f/s, %.0f µs of the service's and %.0f µs of PostgreSQL's processor time each",
        figures.rate(),
        figures.cpu().service(),
        figures.cpu().postgres());
  }

  /** Shares are of 1. */
  void disturbed(double most, int runs, int again, double worst) {
    row(
        "runs made again, for the machine's host had given more than %.0f %% of the processors to others"
            .formatted(100 * most),
        "%d beside %d; of those shown it took %.1f %% at most",
        again,
        runs,
        100 * worst);
  }

  private void row(String what, String format, Object... values) {
    var row = "| %s | %s |".formatted(what, format.formatted(values));
    rows.add(row);
    IO.println(row);
  }

  private static String failures(Figures figures) {
    return figures.failed() == 0 ? "" : ", **%d failed**".formatted(figures.failed());
  }

  private String row(Workload workload, int connections) {
    var cell = cell(workload, connections);
    var ours = cell.service();
    return "| %s | %d | **%,.0f**%s | %.1f / %.1f / %.1f | %.0f + %.0f + %.0f | %s |"
        .formatted(
            workload.title(),
            connections,
            ours.rate(),
            failures(ours),
            ours.p50(),
            ours.p99(),
            ours.p999(),
            ours.cpu().service(),
            ours.cpu().postgres(),
            ours.cpu().nats(),
            cell.pgbench().map(alone -> beside(ours, alone)).orElse("– | – | –"));
  }

  private static String beside(Figures ours, Figures alone) {
    return "%,.0f | %.1f / %.1f / %.1f | **%.2f**"
        .formatted(
            alone.rate(), alone.p50(), alone.p99(), alone.p999(), ours.rate() / alone.rate());
  }

  private String text() throws IOException {
    var lines = new ArrayList<String>();
    lines.add(machine());
    lines.add("");
    lines.add("![Creates per second over connections, beside pgbench](performance.svg)");
    lines.add("");
    lines.add(
        "| load | connections | per second | p50 / p99 / p99.9 ms | µs of CPU each: service +"
            + " PostgreSQL + NATS | pgbench | p50 / p99 / p99.9 ms | ratio |");
    lines.add("|---|---|---|---|---|---|---|---|");
    cells.forEach(
        (workload, byConnections) ->
            byConnections.keySet().forEach(connections -> lines.add(row(workload, connections))));
    lines.add("");
    lines.add("| | |");
    lines.add("|---|---|");
    lines.addAll(rows);
    lines.add("");
    lines.addAll(JmhRows.read());
    return String.join("\n", lines) + "\n";
  }

  private static String machine() {
    return "%s, %d processors (%s, %s), Java %s. Medians of %d, each of %d s; closed loop where nothing else is said."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            Machine.processor(),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Runtime.version(),
            Benchmark.RUNS,
            Benchmark.TIME.toSeconds());
  }

  void print() throws IOException {
    IO.println("\n" + text());
  }

  /** Puts the tables between the marks in {@code performance.md}, and the plot beside it. */
  void write(Path folder) throws IOException {
    var page = folder.resolve("performance.md");
    var text = Files.readString(page);
    var measured = Matcher.quoteReplacement(text());
    Files.writeString(page, MEASURED.matcher(text).replaceFirst("$1" + measured + "$2"));
    Plot.write(folder.resolve("performance.svg"), cells.getOrDefault(Workload.CREATE, Map.of()));
  }
}
