package io.userservice.adapter.nats.testserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders with all that is in them: stores of servers that are put back or wiped. */
public final class Folders {
  private Folders() {}

  /** Copies what is in one folder into another. */
  public static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : paths.filter(path -> !path.equals(from)).toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  /** Deletes what is in the folder. */
  public static void clear(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      paths
          .filter(path -> !path.equals(folder))
          .sorted(Comparator.reverseOrder())
          .forEach(Folders::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
