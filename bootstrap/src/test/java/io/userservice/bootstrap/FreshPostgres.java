package io.userservice.bootstrap;

import io.userservice.adapter.nats.testserver.Folders;
import io.userservice.adapter.persistence.testserver.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files of a PostgreSQL that nobody has used yet. To make them takes it two seconds, and tests
 * that break servers need one each; they are made once per JVM and copied.
 */
final class FreshPostgres {
  private FreshPostgres() {}

  /** A holder, for most tests don't need them. */
  private static final class Original {
    static final Path FILES = make();
  }

  static void copyTo(Path folder) throws IOException {
    Files.copy(Original.FILES, folder, StandardCopyOption.COPY_ATTRIBUTES); // for its owner only
    Folders.copy(Original.FILES, folder);
  }

  private static Path make() {
    try {
      var folder = Files.createDirectories(Path.of("target", "fresh-postgres").toAbsolutePath());
      Folders.clear(folder); // of an earlier run
      EmbeddedPostgresServer.on(folder).close();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
