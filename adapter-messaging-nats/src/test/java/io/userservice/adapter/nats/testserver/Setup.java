package io.userservice.adapter.nats.testserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is to be.
 *
 * @param store the folder of its data and its log, for no other server at the same time
 * @param port where it listens; 0 for a free one
 * @param jetStream whether JetStream is enabled
 * @param settings further lines of its configuration file; {@code {store}} is the folder of its
 *     data
 * @param files further files in that folder, by name
 * @param cache where a downloaded program is kept
 */
public record Setup(
    Path store,
    int port,
    boolean jetStream,
    List<String> settings,
    Map<String, String> files,
    Path cache) {

  /** A server with JetStream on a free port. */
  public static Setup in(Path store) {
    return new Setup(store, 0, true, List.of(), Map.of(), userCache());
  }

  public Setup on(int port) {
    return new Setup(store, port, jetStream, settings, files, cache);
  }

  public Setup withoutJetStream() {
    return new Setup(store, port, false, settings, files, cache);
  }

  public Setup with(String... lines) {
    return new Setup(store, port, jetStream, List.of(lines), files, cache);
  }

  public Setup withFiles(Map<String, String> files) {
    return new Setup(store, port, jetStream, settings, Map.copyOf(files), cache);
  }

  public Setup cachedIn(Path cache) {
    return new Setup(store, port, jetStream, settings, files, cache);
  }

  private static Path userCache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("user-service");
  }

  /** This setup with a port that is free now. */
  Setup settled() throws IOException {
    if (port != 0) {
      return this;
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return on(socket.getLocalPort());
    }
  }

  /** The server's configuration file. */
  String configuration(String host, int listen, String data) {
    var text = new StringBuilder("listen: \"%s:%d\"\n".formatted(host, listen));
    if (jetStream) {
      text.append("jetstream { store_dir: \"%s\" }\n".formatted(data));
    }
    settings.forEach(line -> text.append(line.replace("{store}", data)).append("\n"));
    return text.toString();
  }
}
