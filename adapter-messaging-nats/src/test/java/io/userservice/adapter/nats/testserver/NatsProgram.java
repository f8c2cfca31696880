package io.userservice.adapter.nats.testserver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A nats-server on this machine's disk.
 *
 * @param origin where it was found, in a few words
 */
record NatsProgram(Path path, String origin) {
  private static final String NAME = "nats-server";
  private static final Duration UPDATE = Duration.ofMinutes(3);
  private static final Duration STEP = Duration.ofMinutes(1);

  /** So that tests that start together download it once. */
  private static final Lock ONE_AT_A_TIME = new ReentrantLock();

  /** The one on the PATH, or where packages put servers, which users often don't have there. */
  static Optional<NatsProgram> onPath() {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
    return Stream.concat(
            Arrays.stream(folders).filter(folder -> !folder.isBlank()),
            Stream.of("/usr/sbin", "/usr/local/bin"))
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .map(path -> new NatsProgram(path, path.toString()))
        .findFirst();
  }

  /** The one in the distribution's package, without root and without installing anything. */
  static Optional<NatsProgram> ofDistribution(Path cache, List<String> reasons) throws IOException {
    ONE_AT_A_TIME.lock();
    try {
      return cachedOrDownloaded(cache, reasons);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private static Optional<NatsProgram> cachedOrDownloaded(Path cache, List<String> reasons)
      throws IOException {
    var program = cache.resolve(NAME);
    var found =
        new NatsProgram(program, NAME + " of the distribution's package, cached in " + cache);
    if (Files.isExecutable(program)) {
      return Optional.of(found);
    }
    if (!Command.exists("apt-get") || !Command.exists("dpkg-deb")) {
      reasons.add("no package of a distribution that we know");
      return Optional.empty();
    }
    Files.createDirectories(cache);
    var work = Files.createTempDirectory(cache, "download-");
    try {
      // Whole or not at all, also when several builds do this at once.
      Files.move(download(work), program, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(found);
    } catch (IOException failure) {
      reasons.add("the distribution's package can't be had: " + failure.getMessage());
      return Optional.empty();
    } finally {
      delete(work);
    }
  }

  private static Path download(Path work) throws IOException {
    // Lists and state of our own, so that neither root nor an earlier update is needed.
    var lists = Files.createDirectories(work.resolve("lists"));
    Files.createDirectories(lists.resolve("partial"));
    var archives = Files.createDirectories(work.resolve("cache"));
    Files.createDirectories(archives.resolve("archives/partial"));
    var apt =
        List.of(
            "apt-get",
            "-qq",
            "-o",
            "Dir::State::lists=" + lists,
            "-o",
            "Dir::Cache=" + archives,
            "-o",
            "Dir::Log=" + work,
            "-o",
            "Debug::NoLocking=1",
            "-o",
            "Acquire::Languages=none",
            "-o",
            "Acquire::Retries=2");
    Command.run(work, UPDATE, apt, "update");
    Command.run(work, STEP, apt, "download", NAME);
    try (var files = Files.list(work)) {
      var archive =
          files
              .filter(file -> file.toString().endsWith(".deb"))
              .findFirst()
              .orElseThrow(() -> new IOException("apt-get gave no package"));
      Command.run(work, STEP, List.of("dpkg-deb"), "-x", archive.toString(), "content");
    }
    try (var files = Files.walk(work.resolve("content"))) {
      return files
          .filter(file -> file.endsWith(NAME) && Files.isRegularFile(file))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() -> new IOException("the package has no " + NAME));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
