package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What JMH has found in the HTTP adapter's module, which comes before this one. */
final class JmhRows {
  private static final Path RESULT = Path.of("..", "adapter-http-javalin", "target", "jmh.json");

  private JmhRows() {}

  static List<String> read() throws IOException {
    var rows = new ArrayList<String>();
    if (Files.exists(RESULT)) {
      rows.add("| in memory (JMH) | ns |");
      rows.add("|---|---|");
      for (var benchmark : Api.json(Files.readString(RESULT))) {
        var name = benchmark.get("benchmark").asText();
        var figure = benchmark.get("primaryMetric");
        rows.add(
            "| %s | %,.0f ± %,.0f |"
                .formatted(
                    name.substring(name.lastIndexOf('.') + 1).replace('_', ' '),
                    figure.get("score").asDouble(),
                    figure.get("scoreError").asDouble()));
      }
    }
    return rows;
  }
}
