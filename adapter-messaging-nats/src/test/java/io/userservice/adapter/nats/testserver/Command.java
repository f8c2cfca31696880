package io.userservice.adapter.nats.testserver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine, run for a bounded time. */
final class Command {
  private Command() {}

  static boolean exists(String name) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException when it fails or takes too long, with the end of what it said
   */
  static void run(Path folder, Duration atMost, List<String> program, String... arguments)
      throws IOException {
    var words = Stream.concat(program.stream(), Arrays.stream(arguments)).toList();
    var said = Files.createTempFile(folder, "said-", ".txt");
    var process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    var name = program.getFirst() + " " + arguments[0];
    if (!waitFor(process, atMost)) {
      process.destroyForcibly();
      throw new IOException(name + " took more than " + atMost.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          name + " ended with " + process.exitValue() + ": " + lastLine(Files.readString(said)));
    }
  }

  /** Waits for the process's end, at most this long; false when it hasn't ended. */
  static boolean waitFor(Process process, Duration atMost) throws IOException {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interruption);
    }
  }

  static String lastLine(String text) {
    var lines = text.strip().lines().toList();
    return lines.isEmpty() ? "nothing said" : lines.getLast();
  }
}
