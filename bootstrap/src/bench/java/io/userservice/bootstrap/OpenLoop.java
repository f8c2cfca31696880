package io.userservice.bootstrap;

import io.hyperfoil.api.config.BenchmarkData;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.core.parser.BenchmarkParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Open-loop load: requests begin when it is time, whether earlier ones were answered or not, so no
 * slow answer hides the wait of those behind it. A process of its own, by Hyperfoil. It begins
 * cold, and on the processors that the service needs: only its second phase counts.
 */
final class OpenLoop {
  private static final String COUNTED = "steady";

  private final Histogram times = new Histogram(3);
  private long failed;

  private OpenLoop() {}

  /** Arguments: the benchmark's file, port, rate per second, seconds. */
  static void main(String[] arguments) throws Exception {
    var text =
        Files.readString(Path.of(arguments[0]))
            .replace("@PORT@", arguments[1])
            .replace("@RATE@", arguments[2])
            .replace("@SECONDS@", arguments[3])
            .replace("@TOKEN@", Api.token("acme"));
    var benchmark =
        BenchmarkParser.instance()
            .buildBenchmark(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                BenchmarkData.EMPTY,
                Map.of());
    var load = new OpenLoop();
    new LocalSimulationRunner(
            benchmark, (phase, _, _, snapshot, _) -> load.add(phase.name(), snapshot), null, null)
        .run();
    IO.println(load.figures(Double.parseDouble(arguments[3])));
    System.exit(0); // its event loops stay otherwise
  }

  private synchronized void add(String phase, StatisticsSnapshot snapshot) {
    if (phase.equals(COUNTED)) {
      times.add(snapshot.histogram);
      failed += snapshot.requestCount - snapshot.responseCount + snapshot.errors();
    }
  }

  private synchronized String figures(double seconds) {
    return "FIGURES %f %f %f %f %d"
        .formatted(times.getTotalCount() / seconds, millis(50), millis(99), millis(99.9), failed);
  }

  private double millis(double percentile) {
    return times.getValueAtPercentile(percentile) / 1e6;
  }
}
