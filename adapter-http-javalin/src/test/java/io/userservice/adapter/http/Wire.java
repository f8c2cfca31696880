package io.userservice.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends whatever it is told to. */
final class Wire implements AutoCloseable {
  private final Socket socket;

  Wire(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Each character is one octet. */
  Wire send(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Whether the server still takes this. */
  boolean sends(byte[] octets) {
    try {
      socket.getOutputStream().write(octets);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  Wire sendNoMore() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** An answer as it came over the wire. */
  record Raw(String head, String body) {
    int status() {
      return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ")[1]);
    }

    String header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** The next answer; empty when the server closes instead. */
  Raw answer() throws IOException {
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      var octet = in.read();
      if (octet < 0) {
        return new Raw("", "");
      }
      head.append((char) octet);
    }
    var raw = new Raw(head.toString(), "");
    var length = raw.header("Content-Length");
    return new Raw(head.toString(), body(in, length.isEmpty() ? 0 : Integer.parseInt(length)));
  }

  private static String body(InputStream in, int length) throws IOException {
    var body = new ByteArrayOutputStream();
    body.write(in.readNBytes(length));
    return body.toString(StandardCharsets.UTF_8);
  }

  /** Whether the server has closed the connection, or does so before the socket's own timeout. */
  boolean isClosed() throws IOException {
    return socket.getInputStream().read() < 0;
  }
}
