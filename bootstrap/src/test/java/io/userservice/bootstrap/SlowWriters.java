package io.userservice.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** Clients that send all of a body but its last octet, and keep the service waiting for that. */
final class SlowWriters implements AutoCloseable {
  private static final int BODY = 1 << 20;

  private final int port;
  private final List<Socket> connections = new ArrayList<>();

  SlowWriters(int port) {
    this.port = port;
  }

  /** So many clients send what may not be sent, or as much of it as the service takes. */
  void send(int count) throws IOException {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var request = request();
      for (var i = 0; i < count; i++) {
        var connection = new Socket(InetAddress.getLoopbackAddress(), port);
        connections.add(connection);
        clients.execute(() -> write(connection, request));
      }
    }
  }

  private static byte[] request() {
    var head =
        """
        POST /users HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(Api.token("acme"), BODY);
    var body = "[" + "{},".repeat(BODY / 3);
    return (head + body.substring(0, BODY - 1)).getBytes(StandardCharsets.US_ASCII);
  }

  private static void write(Socket connection, byte[] octets) {
    try {
      connection.getOutputStream().write(octets);
    } catch (IOException _) {
      return; // refused, as it may be: the answer has been sent, and the connection closed
    }
  }

  @Override
  public void close() throws IOException {
    for (var connection : connections) {
      connection.close();
    }
  }
}
