package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.adapter.http.Wire.Raw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are no proper HTTP, or too much of it; of their JSON see {@link HostileJsonTest}.
 */
class HostileInputTest {
  private static final String USER =
      "{\"email\":\"a@b.org\",\"name\":\"A\",\"attributes\":{\"x\":%s}}";

  private final Unmoved unmoved = new Unmoved();
  private final Api api = unmoved.api();

  @AfterEach
  void the_service_is_well_afterwards() {
    unmoved.close();
  }

  private Wire wire() throws IOException {
    return new Wire(api.port());
  }

  private static String head(String method, String path, String... headers) {
    var lines = new ArrayList<String>();
    lines.add(method + " " + path + " HTTP/1.1");
    lines.add("Host: localhost");
    lines.add("Authorization: Bearer " + Api.token("acme"));
    lines.addAll(java.util.List.of(headers));
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static void assertIsProblem(Raw answer, int status) {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /users\r\n\r\n",
        "GET /users HTTP/1.1\r\n\r\n",
        "GET /users HTTP/3.7\r\nHost: x\r\n\r\n",
        "GET /users HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /users HTTP/1.1\r\nHost: x\r\nBad Header: x\r\n\r\n",
        "GET /users HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
        "GET /us\u0000ers HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /users/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /users/%c0%af HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET users HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n",
        "POST /users HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Content-Length: 2\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 a TLS hello\r\n\r\n",
      })
  void malformed_HTTP_is_a_problem_of_the_client(String request) throws IOException {
    try (var wire = wire().send(request)) {
      assertIsProblem(wire.answer(), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"G%20T", "FOO", "get", "TRACE", "PUT", "PROPFIND", "QUERY"})
  void a_method_that_is_not_known_is_refused_with_those_that_are(String method) throws IOException {
    try (var wire = wire().send(head(method, "/users"))) {
      var answer = wire.answer();

      assertIsProblem(answer, 405);
      assertThat(answer.header("Allow").split(", "))
          .containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
    }
  }

  @Test
  void long_headers_are_refused() throws IOException {
    try (var wire = wire().send(head("GET", "/users", "X: " + "x".repeat(20_000)))) {
      assertIsProblem(wire.answer(), 431);
    }
  }

  @Test
  void a_long_address_is_refused() throws IOException {
    try (var wire = wire().send(head("GET", "/users?q=" + "x".repeat(20_000)))) {
      assertIsProblem(wire.answer(), 414);
    }
  }

  @Test
  void an_upgrade_is_not_followed() throws IOException {
    try (var wire =
        wire()
            .send(
                head(
                    "GET",
                    "/users/1",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13"))) {
      assertIsProblem(wire.answer(), 404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%5Busers",
        "/users/",
        "//users",
        "/users/../metrics",
        "/users;a=b",
        "/USERS",
        "/users/x/y/z",
        "/health/../users",
        "/problems/nope",
        "/users%00",
        "/WEB-INF/web.xml",
        "*",
      })
  void strange_paths_are_not_found_or_malformed(String path) throws IOException {
    try (var wire = wire().send(head("GET", path))) {
      var answer = wire.answer();

      assertIsProblem(answer, answer.status() == 400 ? 400 : 404);
    }
  }

  @Test
  void ten_megabytes_are_refused_also_to_a_client_that_reads_when_all_is_sent() throws IOException {
    var chunk = "x".repeat(0x10000);
    try (var wire =
        wire()
            .send(
                head(
                    "POST",
                    "/users",
                    "Content-Type: application/json",
                    "Content-Length: 10485760"))) {
      for (var i = 0; i < 160; i++) {
        assertThat(wire.sends(chunk.getBytes(StandardCharsets.US_ASCII))).isTrue();
      }
      assertIsProblem(wire.answer(), 413);
    }
    try (var wire =
        wire()
            .send(
                head(
                    "POST",
                    "/users",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked"))) {
      for (var i = 0; i < 160; i++) {
        assertThat(wire.sends(("10000\r\n" + chunk + "\r\n").getBytes(StandardCharsets.US_ASCII)))
            .isTrue();
      }
      assertThat(wire.sends("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))).isTrue();
      assertIsProblem(wire.answer(), 413);
    }
  }

  @Test
  void a_small_body_that_nobody_wants_costs_no_connection() throws IOException {
    var body = USER.formatted("1");
    var request =
        head("POST", "/users", "Content-Type: text/plain", "Content-Length: " + body.length())
            + body;
    try (var wire = wire()) {
      assertIsProblem(wire.send(request).answer(), 415);
      assertIsProblem(wire.send(request).answer(), 415);
    }
  }

  @Test
  void a_small_body_that_comes_after_its_headers_costs_no_connection() throws Exception {
    var body = USER.formatted("1");
    var head =
        head("POST", "/users", "Content-Type: text/plain", "Content-Length: " + body.length());
    try (var wire = wire()) {
      for (var i = 0; i < 3; i++) {
        wire.send(head);
        var answer = CompletableFuture.supplyAsync(() -> answer(wire));
        assertThatThrownBy(() -> answer.get(50, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        wire.send(body);
        assertIsProblem(answer.get(), 415);
      }
    }
  }

  private static Raw answer(Wire wire) {
    try {
      return wire.answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void who_waits_for_a_100_is_refused_before_sending() throws IOException {
    try (var wire =
        wire()
            .send(
                head(
                    "POST",
                    "/users",
                    "Content-Type: application/json",
                    "Content-Length: 10485760",
                    "Expect: 100-continue"))) {
      assertIsProblem(wire.answer(), 413);
    }
  }

  @Test
  void a_body_without_end_is_cut_off() throws IOException {
    var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (var wire =
        wire()
            .send(
                head(
                    "POST",
                    "/users",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked"))) {
      var sent = 0L;
      while (wire.sends(chunk) && sent < 1L << 30) {
        sent += chunk.length;
      }

      assertThat(sent).isLessThan(1L << 30);
    }
  }

  @Test
  void a_body_of_exactly_one_megabyte_is_read() throws IOException {
    var body = USER.formatted("1").getBytes(StandardCharsets.UTF_8);
    var padded = java.util.Arrays.copyOf(body, 1 << 20);
    java.util.Arrays.fill(padded, body.length, padded.length, (byte) ' ');

    assertThat(api.call("POST", "/users").body("application/json", padded).send().status())
        .isEqualTo(201);
    assertThat(
            api.call("POST", "/users")
                .body(
                    "application/json",
                    (new String(padded, StandardCharsets.UTF_8) + " ")
                        .getBytes(StandardCharsets.UTF_8))
                .send()
                .status())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/%25",
        "/users/%2f",
        "/users/a%2fb",
        "/users/%2e%2e",
        "/users//",
        "/users/%3b",
        "/nope/%25",
      })
  void an_address_that_means_two_things_elsewhere_is_one_with_nothing_there(String path)
      throws IOException {
    try (var wire = wire().send(head("GET", path))) {
      assertIsProblem(wire.answer(), 404);
    }
    try (var wire = wire().send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertIsProblem(wire.answer(), 401);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 1000, true",
    "Content-Length: 1000, false",
    "Content-Length: 100000, true",
    "Content-Length: 100000, false",
    "Transfer-Encoding: chunked, true",
    "Transfer-Encoding: chunked, false",
  })
  void a_client_that_goes_amid_the_body_is_no_error_of_ours(String length, boolean hasToken)
      throws IOException {
    var known = hasToken ? head("POST", "/users", "Content-Type: application/json", length) : "";
    var unknown = "POST /users HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n";
    try (var wire = wire().send((hasToken ? known : unknown) + "{")) {
      wire.sendNoMore();
      wire.answer();
    }
    try (var wire = wire()) {
      wire.send((hasToken ? known : unknown) + "{");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "5\r\nabc", "FFFFFFFFFFFFFFFFF\r\n", "1\r\nabc\r\n"})
  void broken_chunks_are_malformed(String chunks) throws IOException {
    try (var wire =
        wire()
            .send(
                head(
                        "POST",
                        "/users",
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked")
                    + chunks)
            .sendNoMore()) {
      var answer = wire.answer();

      assertIsProblem(answer, 400);
    }
  }

  @Test
  void a_client_that_stops_amid_the_body_is_answered_and_let_go() throws IOException {
    try (var slow = Api.startWithIdleTimeout(Duration.ofMillis(300));
        var wire = new Wire(slow.port())) {
      wire.send(
          head("POST", "/users", "Content-Type: application/json", "Content-Length: 100") + "{");

      assertIsProblem(wire.answer(), 408);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  /** As many as the web server would take at a time if nobody said otherwise, and some. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clients_that_send_slowly_keep_nobody_out(boolean haveTokens) throws Exception {
    var head =
        haveTokens
            ? head("POST", "/users", "Content-Type: application/json", "Content-Length: 100")
            : "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
    var wires = new ArrayList<Wire>();
    for (var i = 0; i < 250; i++) {
      wires.add(wire().send(head + "{"));
    }

    var answer = CompletableFuture.supplyAsync(() -> api.get("/users").status());

    assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(200);
    for (var wire : wires) {
      wire.close();
    }
  }

  @Test
  void a_client_that_stops_amid_the_headers_is_let_go() throws IOException {
    try (var slow = Api.startWithIdleTimeout(Duration.ofMillis(300));
        var wire = new Wire(slow.port())) {
      wire.send("GET /users HTTP/1.1\r\nHost:");
      wire.answer();

      assertThat(wire.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e4", "a\u0080b", "a\tb", "a b"})
  void an_idempotency_key_is_visible_ASCII(String key) throws IOException {
    var body = USER.formatted("1");
    try (var wire =
        wire()
            .send(
                head(
                        "POST",
                        "/users",
                        "Content-Type: application/json",
                        "Content-Length: " + body.length(),
                        "Idempotency-Key: " + key)
                    + body)) {
      assertIsProblem(wire.answer(), 400);
    }
  }

  @Test
  void what_the_client_sent_is_no_markup_in_the_answer() throws IOException {
    try (var wire = wire().send(head("GET", "/<script>alert(\"\u00e4\")</script>"))) {
      var answer = wire.answer();

      assertThat(answer.status()).isIn(400, 404);
      assertThat(answer.body()).doesNotContain("<script>");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/openapi.json,If-None-Match,200",
    "DELETE,/users/019b76da-a47b-7000-8000-00000000002a,If-Match,404",
  })
  void thousands_of_entity_tags_are_read_like_one(
      String method, String path, String header, int status) throws IOException {
    var tags = "\"\",".repeat(5_000) + "\"\"";
    try (var wire = wire().send(head(method, path, header + ": " + tags))) {
      assertThat(wire.answer().status()).isEqualTo(status);
    }
  }
}
