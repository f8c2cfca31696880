package io.userservice.bootstrap;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of this machine that makes load. */
record Tool(String name, Path path) {
  /** Where Debian's packages keep the programs of each version of PostgreSQL. */
  private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

  /** Closed-loop HTTP load at next to no cost of its own. */
  static Optional<Tool> wrk() {
    return find("wrk", onPath());
  }

  /** PostgreSQL's own benchmark. */
  static Optional<Tool> pgbench() {
    return find("pgbench", Stream.concat(versions(), onPath()));
  }

  private static Optional<Tool> find(String name, Stream<Path> folders) {
    return folders
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(path -> new Tool(name, path));
  }

  private static Stream<Path> onPath() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(Path::of);
  }

  private static Stream<Path> versions() {
    if (!Files.isDirectory(POSTGRESQL)) {
      return Stream.empty();
    }
    try (var versions = Files.list(POSTGRESQL)) {
      return versions
          .sorted(Comparator.reverseOrder())
          .map(version -> version.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  /** Runs it to its end and gives what it said. */
  String run(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of(path.toString()), arguments.stream()).toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(name + " failed: " + said);
    }
    return said;
  }
}
