package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.contract.Contract;
import io.userservice.adapter.http.contract.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client that sends whatever it is told to. */
final class Wire implements AutoCloseable {
  private static final Pattern REQUEST =
      Pattern.compile("([^ \r\n]+) ([^ \r\n]+) HTTP/1\\.1\r\n.*", Pattern.DOTALL);

  private final Socket socket;
  private static final byte[] NOTHING = {};
  private String method = "";
  private String target = "/";

  Wire(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The head of a request of a tenant's, with these headers too. */
  static String head(String method, String path, String... headers) {
    var lines = new ArrayList<String>();
    lines.add(method + " " + path + " HTTP/1.1");
    lines.add("Host: localhost");
    lines.add("Authorization: Bearer " + Api.token("acme"));
    lines.addAll(List.of(headers));
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /** Each character is one octet. */
  Wire send(String octets) throws IOException {
    var request = REQUEST.matcher(octets);
    if (request.matches()) {
      method = request.group(1);
      target = request.group(2);
    }
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
    var head = head();
    if (head.status() == 0) {
      return head;
    }
    var length = head.header("Content-Length");
    var in = socket.getInputStream();
    var answer = new Raw(head.head(), body(in, length.isEmpty() ? 0 : Integer.parseInt(length)));
    Contract.served().demand(seen(answer));
    return answer;
  }

  /** The head of the next answer; empty when the server closes instead. */
  Raw head() throws IOException {
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      var octet = in.read();
      if (octet < 0) {
        return new Raw("", "");
      }
      head.append((char) octet);
    }
    return new Raw(head.toString(), "");
  }

  private Seen seen(Raw answer) {
    var headers =
        answer
            .head()
            .lines()
            .skip(1)
            .filter(line -> !line.isEmpty())
            .map(line -> line.split(": ?", 2))
            .collect(Collectors.toMap(line -> line[0], line -> List.of(line[1])));
    return new Seen(
        method,
        target,
        NOTHING,
        answer.status(),
        headers,
        answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String body(InputStream in, int length) throws IOException {
    var body = new ByteArrayOutputStream();
    body.write(in.readNBytes(length));
    return body.toString(StandardCharsets.UTF_8);
  }

  /** Whether it is as errors are, and says nothing that it should keep to itself. */
  static void assertIsProblem(Raw answer, int status) {
    assertThat(answer.status()).as(answer.head() + answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("X-Request-Id")).matches("[A-Za-z0-9._-]{1,128}");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.body())
        .startsWith("{\"type\":\"/problems/")
        .contains("\"title\":\"", "\"status\":" + status, "\"detail\":\"", "\"instance\":\"/")
        .doesNotContain("Exception", "badMessage", "jetty", "java");
  }

  /** Whether the server has closed the connection, or does so before the socket's own timeout. */
  boolean isClosed() throws IOException {
    return socket.getInputStream().read() < 0;
  }
}
