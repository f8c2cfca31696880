package io.userservice.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final int ROUNDS = 20_000;

  private Machine() {}

  static String processor() {
    try {
      return Files.readAllLines(CPUINFO).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException _) {
      return "unknown processor"; // not a Linux
    }
  }

  /**
   * How long a byte takes to another process and back, in µs: some system calls, and two switches
   * between processes. pgbench makes no change without them, while changes that travel together
   * share them: what they cost here is a large part of the ratio.
   */
  static double roundTrip() throws IOException {
    var other = new ProcessBuilder("cat").start();
    try (var there = other.getOutputStream();
        var back = other.getInputStream()) {
      rounds(there, back);
      var begin = System.nanoTime();
      rounds(there, back);
      return (System.nanoTime() - begin) / 1e3 / ROUNDS;
    }
  }

  private static void rounds(OutputStream there, InputStream back) throws IOException {
    for (var round = 0; round < ROUNDS; round++) {
      there.write(round);
      there.flush();
      back.read();
    }
  }
}
