package io.userservice.adapter.nats.testserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A nats-server that is a child of this JVM. */
final class NatsProcess implements NatsServer {
  private static final String GUARD =
      """
      cat >/dev/null
      kill -CONT "$0"; kill "$0"
      for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$0" || exit; sleep 0.5; done
      kill -9 "$0"
      """;
  private static final String HOST = "127.0.0.1";
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration SIGNAL = Duration.ofSeconds(5);

  private final NatsProgram program;
  private final Setup setup;
  private final Path log;
  private Process server;
  private Process guard;

  private NatsProcess(NatsProgram program, Setup setup) throws IOException {
    this.program = program;
    this.setup = setup;
    this.log = setup.store().resolve("nats-server.log");
    this.server = launch();
    this.guard = guard(server);
  }

  static NatsProcess start(NatsProgram program, Setup setup) throws IOException {
    var started = new NatsProcess(program, setup);
    try {
      started.awaitGreeting();
      return started;
    } catch (IOException failure) {
      started.stop();
      throw failure;
    }
  }

  private Process launch() throws IOException {
    var configuration = setup.store().resolve("nats-server.conf");
    Files.writeString(
        configuration,
        setup.configuration(HOST, setup.port(), setup.store().toAbsolutePath().toString()));
    for (var file : setup.files().entrySet()) {
      Files.writeString(setup.store().resolve(file.getKey()), file.getValue());
    }
    return new ProcessBuilder(
            ownSession(program.path().toString(), "-c", configuration.toAbsolutePath().toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * Ends the server when this JVM has ended without doing so, in whatever way, SIGKILL included:
   * that is when the guard's standard input ends. No shutdown hook, as hooks run side by side: the
   * service under test may still have something to publish in its own.
   */
  private static Process guard(Process server) throws IOException {
    return new ProcessBuilder(ownSession("sh", "-c", GUARD, Long.toString(server.pid())))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Ctrl-C in a terminal is for the JVM, which ends the server when it has no more use for it. */
  private static List<String> ownSession(String... command) {
    return Command.exists("setsid")
        ? Stream.concat(Stream.of("setsid"), Stream.of(command)).toList()
        : List.of(command);
  }

  private void awaitGreeting() throws IOException {
    try {
      Greeting.await(url(), server::isAlive);
    } catch (IOException silence) {
      throw new IOException(
          "%s doesn't start: %s (see %s)"
              .formatted(program.origin(), Command.lastLine(Files.readString(log)), log),
          silence);
    }
  }

  @Override
  public String url() {
    return "nats://" + HOST + ":" + setup.port();
  }

  @Override
  public String origin() {
    return "NATS: " + program.origin();
  }

  @Override
  public synchronized void stop() {
    guard.destroyForcibly();
    server.destroy();
    signal("CONT");
    if (!hasEnded(STOP)) {
      server.destroyForcibly();
      hasEnded(STOP);
    }
  }

  @Override
  public synchronized void kill() {
    guard.destroyForcibly();
    server.destroyForcibly();
    hasEnded(STOP);
  }

  private boolean hasEnded(Duration atMost) {
    try {
      return Command.waitFor(server, atMost);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void pause() {
    signal("STOP");
    awaitFrozen();
  }

  /** A signal is on its way for a moment, in which much may still be answered. */
  private void awaitFrozen() {
    var end = System.nanoTime() + SIGNAL.toNanos();
    while (server.isAlive() && !isFrozen()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("%d isn't frozen".formatted(server.pid()));
      }
      Thread.onSpinWait();
    }
  }

  /** Where the system tells: each of its threads is stopped. */
  private boolean isFrozen() {
    var threads = Path.of("/proc", Long.toString(server.pid()), "task");
    if (!Files.isDirectory(threads)) {
      return true;
    }
    try (var each = Files.list(threads)) {
      return each.allMatch(NatsProcess::isStopped);
    } catch (IOException | UncheckedIOException _) {
      return false; // a thread has just ended
    }
  }

  /** The state comes behind the name, which is in parentheses and may hold some. */
  private static boolean isStopped(Path thread) {
    try {
      var stat = Files.readString(thread.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    if (!server.isAlive()) {
      return;
    }
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
      Command.waitFor(kill, SIGNAL);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public synchronized void restart() throws IOException {
    stop();
    server = launch();
    guard = guard(server);
    awaitGreeting();
  }
}
