package io.userservice.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The service as it is shipped, in a process of its own; what it logs goes to a file. */
final class Instance implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path SCRIPT = Path.of("target", "user-service");

  private final Process process;
  private final int port;
  private final Duration toFirstCreate;

  private Instance(Process process, int port, Duration toFirstCreate) {
    this.process = process;
    this.port = port;
    this.toFirstCreate = toFirstCreate;
  }

  /** Starts it, and waits until it has created its first user. */
  static Instance start(Rig rig, Database database, String natsUrl, Map<String, String> more)
      throws IOException, InterruptedException {
    var port = freePort();
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HOST", "127.0.0.1");
    environment.put("PORT", Integer.toString(port));
    environment.put("DATABASE_URL", database.url());
    environment.put("NATS_URL", natsUrl);
    environment.put("JWT_SECRET", TestServers.SECRET);
    environment.putAll(more);
    var builder =
        new ProcessBuilder(SCRIPT.toString())
            .redirectErrorStream(true)
            .redirectOutput(rig.folder().resolve("service-" + port + ".log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var begin = System.nanoTime();
    var process = builder.start();
    awaitFirstCreate(process, port);
    return new Instance(process, port, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitFirstCreate(Process process, int port) throws InterruptedException {
    var deadline = Instant.now().plus(PATIENCE);
    try (var client = HttpClient.newHttpClient()) {
      while (!isCreated(client, port)) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("the service doesn't start, see its log");
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  private static boolean isCreated(HttpClient client, int port) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/users"))
            .header("Authorization", "Bearer " + Api.token("acme"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"email\":\"first-%d@example.org\",\"name\":\"First\"}"
                        .formatted(System.nanoTime())))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 201;
    } catch (IOException _) {
      return false; // it doesn't listen yet
    }
  }

  /** From the start of the process to the first 201. */
  Duration toFirstCreate() {
    return toFirstCreate;
  }

  int port() {
    return port;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** What it occupies of the machine's memory, in MiB. */
  long residentMebibytes() throws IOException, InterruptedException {
    var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
    var kibibytes = new String(ps.getInputStream().readAllBytes()).strip();
    ps.waitFor();
    return Long.parseLong(kibibytes) / 1024;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
