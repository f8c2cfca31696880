package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Open-loop load, see {@link OpenLoop}. */
final class HyperfoilLoad {
  private final Rig rig;
  private final Path script;

  HyperfoilLoad(Rig rig, Path script) {
    this.rig = rig;
    this.script = script;
  }

  /** Creates users at this rate. */
  Figures run(Instance service, int perSecond, Duration time)
      throws IOException, InterruptedException {
    var java = new Tool("java", Path.of(System.getProperty("java.home"), "bin", "java"));
    var before = rig.cpu(service.process());
    var said =
        java.run(
            Map.of(),
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                OpenLoop.class.getName(),
                script.toString(),
                Integer.toString(service.port()),
                Integer.toString(perSecond),
                Long.toString(time.toSeconds())));
    var spent = rig.cpu(service.process()).minus(before);
    var words =
        said.lines()
            .filter(line -> line.startsWith("FIGURES "))
            .findFirst()
            .orElseThrow(() -> new IOException("the load said: " + said))
            .split(" ");
    var rate = Double.parseDouble(words[1]);
    return new Figures(
        rate,
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        Long.parseLong(words[5]),
        spent.per(rate * time.toSeconds()));
  }
}
