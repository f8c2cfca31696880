package io.userservice.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The service as it is shipped, in a process of its own; what it logs goes to a file. */
final class Instance implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CREATED = "HTTP/1.1 201";
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
      throws IOException {
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

  private static void awaitFirstCreate(Process process, int port) {
    var deadline = Instant.now().plus(PATIENCE);
    var request = create(port);
    while (!isCreated(request, port)) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("the service doesn't start, see its log");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static byte[] create(int port) {
    var body =
        "{\"email\":\"first-%d@example.org\",\"name\":\"First\"}".formatted(System.nanoTime());
    var request =
        List.of(
            "POST /users HTTP/1.1",
            "Host: 127.0.0.1:" + port,
            "Connection: close",
            "Authorization: Bearer " + Api.token("acme"),
            "Content-Type: application/json",
            "Content-Length: " + body.length(),
            "",
            body);
    return String.join("\r\n", request).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * By a bare socket: a client that knows HTTP takes so much of two processors for its own start
   * and its refused connections that the service starts a tenth later.
   */
  private static boolean isCreated(byte[] request, int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request);
      var status = socket.getInputStream().readNBytes(CREATED.length());
      return new String(status, StandardCharsets.US_ASCII).equals(CREATED);
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
