package io.userservice.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that read the first line of what they asked for, and leave the rest where it is. */
final class SlowReaders implements AutoCloseable {
  private static final int STATUS_LINE = "HTTP/1.1 200".length();
  private static final int PATIENCE = 30_000;

  private final InetSocketAddress service;
  private final List<Socket> connections = new ArrayList<>();

  SlowReaders(int port) {
    this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The statuses of so many answers that stay unread. */
  List<Integer> ask(String path, int count) throws IOException {
    var request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, Api.token("acme"))
            .getBytes(StandardCharsets.US_ASCII);
    for (var i = 0; i < count; i++) {
      var connection = new Socket();
      connections.add(connection);
      connection.setReceiveBufferSize(4_096);
      connection.setSoTimeout(PATIENCE);
      connection.connect(service);
      connection.getOutputStream().write(request);
    }
    var statuses = new ArrayList<Integer>();
    for (var connection : connections) {
      var line = connection.getInputStream().readNBytes(STATUS_LINE);
      statuses.add(Integer.valueOf(new String(line, StandardCharsets.US_ASCII).substring(9)));
    }
    return statuses;
  }

  @Override
  public void close() throws IOException {
    for (var connection : connections) {
      connection.close();
    }
  }
}
