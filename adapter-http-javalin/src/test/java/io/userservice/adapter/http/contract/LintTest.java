package io.userservice.adapter.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.userservice.adapter.http.docs.Documentation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The document under the recommended rules of Redocly CLI, which is a program for Node.js. Where
 * that isn't, or the program can't be had, the test is skipped, and says so.
 */
class LintTest {
  private static final Map<String, String> QUIET =
      Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");

  @TempDir private Path folder;

  /** How a program ended, and what it said on standard output. */
  private record Ended(int status, String output) {}

  @Test
  void the_recommended_rules_find_nothing() throws Exception {
    var version =
        Optional.ofNullable(System.getProperty("redocly.version"))
            .orElseThrow(() -> skipped("Maven knows the version of the linter, and didn't tell"));
    var npm = onPath("npm").orElseThrow(() -> skipped("no npm on the PATH"));
    var node = onPath("node").orElseThrow(() -> skipped("no node on the PATH"));
    var installed =
        run(
            npm,
            "install",
            "--no-save",
            "--prefer-offline",
            "--engine-strict",
            "--fetch-retries=0",
            "--prefix",
            ".",
            "@redocly/cli@" + version);
    if (installed.status != 0) {
      throw skipped("npm can't install @redocly/cli@" + version + " with this node");
    }
    Files.write(folder.resolve("openapi.yaml"), new Documentation().yaml().plain());

    var linted =
        run(
            node,
            "node_modules/@redocly/cli/bin/cli.js",
            "lint",
            "--extends=recommended",
            "--format=json",
            "openapi.yaml");

    var report = new ObjectMapper().readTree(linted.output);
    assertThat(report.path("totals").path("errors").isInt()).as(linted.output).isTrue();
    assertThat(report.path("problems").valueStream().map(JsonNode::toString)).isEmpty();
    assertThat(linted.status).isZero();
  }

  private Ended run(Path program, String... arguments) throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList();
    var output = folder.resolve("output");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(QUIET);
    var status = builder.start().waitFor();
    return new Ended(status, Files.readString(output));
  }

  private static Optional<Path> onPath(String name) {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
    return List.of(folders).stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static AssertionError skipped(String reason) {
    LoggerFactory.getLogger("skipped").warn("SKIPPED LintTest: {}", reason);
    return Assumptions.abort(reason);
  }
}
