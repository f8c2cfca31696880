package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder with the data of the development run, for one run at a time: another one would take
 * its servers for what a killed run has left, and end them. A killed run's lock ends with it.
 */
final class DevFolder implements AutoCloseable {
  private final FileChannel lock;

  DevFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new InUse(folder);
    }
  }

  /** Another run has it. */
  static final class InUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private InUse(Path folder) {
      super("Another run uses %s; end it first, or run in a copy of the project".formatted(folder));
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
