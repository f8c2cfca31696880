package io.userservice.adapter.nats.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A folder with a script and the one package of npm that it needs. */
final class NodeProject {
  private static final long MINUTES = 3;

  private final Path folder;
  private final Path node;

  private NodeProject(Path folder, Path node) {
    this.folder = folder;
    this.node = node;
  }

  /**
   * Installs the package, unless an earlier build has; where there's no Node.js, or the package
   * can't be had, the test is skipped, and says so.
   *
   * @param property tells the version: Maven knows it
   */
  static NodeProject with(String name, String property) throws IOException, InterruptedException {
    var version = System.getProperty(property);
    if (version == null) {
      throw skipped("Maven knows the version of " + name + ", and didn't tell: run it by Maven");
    }
    var node = onPath("node").orElseThrow(() -> skipped("no node on the PATH"));
    var npm = onPath("npm").orElseThrow(() -> skipped("no npm on the PATH"));
    var folder =
        Path.of("target", "node", name.replaceAll("\\W+", "-") + "-" + version).toAbsolutePath();
    var project = new NodeProject(folder, node);
    if (!Files.exists(folder.resolve("installed"))) {
      Files.createDirectories(folder);
      if (!project.install(npm, name + "@" + version)) {
        throw skipped("npm can't install " + name + "@" + version);
      }
      Files.createFile(folder.resolve("installed"));
    }
    return project;
  }

  private boolean install(Path npm, String what) throws IOException, InterruptedException {
    var process =
        started(
            folder.resolve("npm.log"),
            Map.of(),
            List.of(npm.toString(), "install", "--no-save", "--prefix", ".", what));
    var ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    return ended && process.exitValue() == 0;
  }

  Path folder() {
    return folder;
  }

  /** Starts a script that lies beside this class; what it says goes to the file. */
  Process start(String script, Path output, Map<String, String> environment, String... arguments)
      throws IOException {
    try (var resource = NodeProject.class.getResourceAsStream(script)) {
      Files.write(folder.resolve(script), Objects.requireNonNull(resource, script).readAllBytes());
    }
    var command = Stream.concat(Stream.of(node.toString(), script), Arrays.stream(arguments));
    return started(output, environment, command.toList());
  }

  private Process started(Path output, Map<String, String> environment, List<String> command)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Optional<Path> onPath(String name) {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
    return Arrays.stream(folders)
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static AssertionError skipped(String reason) {
    System.err.println("SKIPPED, as it needs Node.js: " + reason);
    return Assumptions.abort(reason);
  }
}
