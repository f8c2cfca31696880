package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Open-loop load, see {@link OpenLoop}. */
final class HyperfoilLoad {
  private final Path script;

  HyperfoilLoad(Path script) {
    this.script = script;
  }

  /**
   * Creates users at this rate. The heap has room for all of the run's garbage: while it is
   * collected no request begins, and those 220 ms would be counted as the service's.
   */
  Figures run(Instance service, int perSecond, Duration time)
      throws IOException, InterruptedException {
    var java = new Tool("java", Path.of(System.getProperty("java.home"), "bin", "java"));
    var said =
        java.run(
            Map.of(),
            List.of(
                "-Xms1280m",
                "-Xmx1280m",
                "-Xmn1g",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                OpenLoop.class.getName(),
                script.toString(),
                Integer.toString(service.port()),
                Integer.toString(perSecond),
                Long.toString(time.toSeconds())));
    var words =
        said.lines()
            .filter(line -> line.startsWith("FIGURES "))
            .findFirst()
            .orElseThrow(() -> new IOException("the load said: " + said))
            .split(" ");
    return new Figures(
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        Long.parseLong(words[5]),
        Cpu.NONE);
  }
}
