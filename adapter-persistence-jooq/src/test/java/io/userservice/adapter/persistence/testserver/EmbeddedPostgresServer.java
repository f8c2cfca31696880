package io.userservice.adapter.persistence.testserver;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL from a Maven artefact, as a child process that ends with this JVM. */
public final class EmbeddedPostgresServer implements AutoCloseable {
  private final EmbeddedPostgres server;

  private EmbeddedPostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** A server whose data are gone afterwards, and which needn't survive a power cut. */
  static EmbeddedPostgresServer throwaway() {
    return started(EmbeddedPostgres.builder().setServerConfig("fsync", "off"));
  }

  /** A server that keeps its data in the folder over restarts, safely, until it is closed. */
  public static EmbeddedPostgresServer on(Path folder) {
    return started(
        durable(folder).setRegisterShutdownHook(false)); // its user is to be closed first
  }

  /** The same with settings of the caller's choice. */
  public static EmbeddedPostgresServer on(Path folder, Map<String, String> settings) {
    var builder = durable(folder);
    settings.forEach(builder::setServerConfig);
    return started(builder);
  }

  /** The same at a port of the caller's choice, so that it can be found again after a restart. */
  public static EmbeddedPostgresServer on(Path folder, int port) {
    return started(durable(folder).setPort(port));
  }

  /** Says so of each setting on which it depends: the library's defaults are for throwaway data. */
  private static EmbeddedPostgres.Builder durable(Path folder) {
    endFormerServer(folder);
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on");
  }

  private static EmbeddedPostgresServer started(EmbeddedPostgres.Builder builder) {
    try {
      return new EmbeddedPostgresServer(
          builder
              .setServerConfig("max_connections", "300")
              .setPGStartupWait(Duration.ofSeconds(60))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL doesn't start", e);
    }
  }

  /** A server that outlived a killed JVM still holds the folder: ends it in an orderly way. */
  private static void endFormerServer(Path folder) {
    var pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    try {
      var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      var former = ProcessHandle.of(pid).filter(process -> isServerOf(folder, process.info()));
      if (former.isPresent()) {
        former.get().destroy();
        former.get().onExit().orTimeout(30, TimeUnit.SECONDS).join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number may be that of another process by now. */
  private static boolean isServerOf(Path folder, ProcessHandle.Info process) {
    return process.command().orElse("").endsWith("postgres")
        && process
            .arguments()
            .map(arguments -> List.of(arguments).contains(folder.toString()))
            .orElse(true); // not every system tells
  }

  /** The server's own database. */
  public ServerAddress address() {
    return new ServerAddress(
        "localhost", server.getPort(), "postgres", "postgres", Optional.empty());
  }

  /** Stops the server. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
