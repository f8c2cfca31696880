package io.userservice.bootstrap;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped service as a process of its own: what people run is what is tested. */
final class ServiceProcess implements AutoCloseable {
  private static final Path SAID = Path.of("target", "services");
  private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private ServiceProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts the shipped script with these arguments and variables and, but for the JDK, no others.
   */
  static ServiceProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    return new ServiceProcess(builder(environment, arguments).redirectErrorStream(true).start());
  }

  /** The same; what it writes to standard error isn't among its lines. */
  static ServiceProcess startForResults(Map<String, String> environment, String... arguments)
      throws IOException {
    return new ServiceProcess(
        builder(environment, arguments).redirectError(Redirect.DISCARD).start());
  }

  private static ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of("target", "user-service").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder;
  }

  private void read() {
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (UncheckedIOException | IOException _) {
      return; // the process was killed: there is nothing more to read
    }
  }

  /** All that was printed so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits until the service serves and says where. */
  int port() {
    return portSaid("Serving");
  }

  /** Waits until the service can be asked, be the database there or not, and says where. */
  int listeningPort() {
    return portSaid("Listening");
  }

  private int portSaid(String word) {
    return await("the service to say: " + word)
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              if (!process.isAlive() && portLine(word).isEmpty()) {
                throw new IllegalStateException("ended early: " + String.join("\n", lines));
              }
              return portLine(word);
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Integer> portLine(String word) {
    return lines.stream()
        .filter(line -> line.contains("\"msg\":\"" + word))
        .map(PORT::matcher)
        .filter(Matcher::find)
        .map(match -> Integer.valueOf(match.group(1)))
        .findFirst();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it has ever been the one that publishes. */
  boolean publishes() {
    return lines().stream().anyMatch(line -> line.contains("This instance publishes"));
  }

  long pid() {
    return process.pid();
  }

  /** Sends SIGTERM, and goes on to read what it says: the process's own destroy() would not. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGSTOP. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** Waits for the end and gives the exit status. */
  int exitStatus() throws InterruptedException {
    return exitStatus(Duration.ofSeconds(30));
  }

  int exitStatus(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still running: " + String.join("\n", lines));
    }
    reader.join();
    return process.exitValue();
  }

  /** Ends it. What it said, but for each event, stays: what fails rarely is to be explained. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      var said = lines.stream().filter(line -> !line.contains("\"msg\":\"Published")).toList();
      Files.write(Files.createDirectories(SAID).resolve(pid() + ".log"), said);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
