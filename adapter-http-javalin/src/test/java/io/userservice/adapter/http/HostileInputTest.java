package io.userservice.adapter.http;

import static io.userservice.adapter.http.Wire.assertIsProblem;
import static io.userservice.adapter.http.Wire.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are no proper HTTP, or too much of it; of their bodies see {@link
 * HostileBodiesTest}, of their JSON {@link HostileJsonTest}.
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
        "POST /users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /users HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Transfer-Encoding: gzip\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "POST /users HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Content-Length: 2\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "GET /users HTTP/1.1\r\nHost: a b\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 a TLS hello\r\n\r\n",
      })
  void malformed_HTTP_is_a_problem_of_the_client(String request) throws IOException {
    try (var wire = unmoved.wire().send(request)) {
      assertIsProblem(wire.answer(), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"G%20T", "FOO", "get", "TRACE", "PUT", "PROPFIND", "QUERY"})
  void a_method_that_is_not_known_is_refused_with_those_that_are(String method) throws IOException {
    try (var wire = unmoved.wire().send(head(method, "/users"))) {
      var answer = wire.answer();

      assertIsProblem(answer, 405);
      assertThat(answer.header("Allow").split(", "))
          .containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
    }
  }

  @Test
  void long_headers_are_refused() throws IOException {
    try (var wire = unmoved.wire().send(head("GET", "/users", "X: " + "x".repeat(20_000)))) {
      assertIsProblem(wire.answer(), 431);
    }
  }

  @Test
  void a_hundred_fields_are_read_and_one_more_is_refused() throws IOException {
    try (var wire = unmoved.wire()) {
      var fields = Collections.nCopies(BoundedConnections.MAX_FIELDS - 2, "X: 1");
      var more = Collections.nCopies(BoundedConnections.MAX_FIELDS - 1, "X: 1");

      assertThat(wire.send(head("GET", "/users", fields.toArray(String[]::new))).answer().status())
          .as("with Host and Authorization")
          .isEqualTo(200);
      assertIsProblem(wire.send(head("GET", "/users", more.toArray(String[]::new))).answer(), 431);
    }
  }

  @Test
  void a_head_that_comes_octet_by_octet_is_cut_off() throws IOException {
    try (var slow = Api.startWithIdleTimeout(Duration.ofSeconds(2));
        var wire = new Wire(slow.port()).send("GET /users HTTP/1.1\r\nX: ")) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !wire.sends("x".getBytes(StandardCharsets.US_ASCII)));
    }
  }

  @Test
  void a_long_address_is_refused() throws IOException {
    try (var wire = unmoved.wire().send(head("GET", "/users?q=" + "x".repeat(20_000)))) {
      assertIsProblem(wire.answer(), 414);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/users/%00"})
  void an_unreadable_address_ends_the_connection_with_a_word(String path) throws IOException {
    try (var wire = unmoved.wire().send(head("GET", path))) {
      var answer = wire.answer();

      assertIsProblem(answer, 400);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void a_HEAD_that_is_refused_early_has_no_content_either() throws IOException {
    try (var wire = unmoved.wire().send("HEAD /users HTTP/1.1\r\n\r\n")) {
      assertThat(wire.head().status()).as("without a Host").isEqualTo(400);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void octets_of_a_query_that_are_no_UTF_8_are_refused_encoded_or_not() throws IOException {
    for (var octet : List.of("\u00ff", "%FF")) {
      try (var wire = unmoved.wire().send(head("GET", "/users?q=" + octet))) {
        assertIsProblem(wire.answer(), 400);
      }
    }
  }

  @Test
  void a_query_is_read_as_UTF_8_where_it_is_not_encoded_either() throws IOException {
    try (var wire = unmoved.wire().send(head("GET", "/users?q=\u00f0\u009f\u0098\u0080"))) {
      assertThat(wire.answer().status()).as("a smile").isEqualTo(200);
    }
    assertThat(QueryParameters.parse("q=\ud83d\ude00").first("q")).contains("\ud83d\ude00");
  }

  @ParameterizedTest
  @CsvSource({"/users/%ff,Accept: */*,400", "/users,Expect: nothing,417"})
  void what_is_refused_early_has_the_name_and_the_trace_of_its_client(
      String path, String header, int status) throws IOException {
    var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    var request = head("GET", path, header, "X-Request-Id: abc", "traceparent: " + trace);
    try (var wire = unmoved.wire().send(request)) {
      var answer = wire.answer();

      assertIsProblem(answer, status);
      assertThat(answer.header("X-Request-Id")).isEqualTo("abc");
      assertThat(answer.header("traceparent")).isEqualTo(trace);
    }
  }

  /** RFC 9112 section 3.2.2. */
  @Test
  void the_host_of_an_absolute_address_stands_above_the_header() throws IOException {
    var request = "GET http://users.example.org/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (var wire = unmoved.wire().send(request)) {
      assertThat(wire.head().status()).isEqualTo(200);
    }
  }

  /** RFC 9110 section 10.1.1. */
  @Test
  void a_client_of_HTTP_1_0_that_expects_100_gets_its_answer_alone() throws IOException {
    var body = USER.formatted("1");
    var request =
        head(
                "POST",
                "/users",
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "Expect: 100-continue")
            .replace("HTTP/1.1", "HTTP/1.0");
    try (var wire = unmoved.wire().send(request + body)) {
      assertThat(wire.head().status()).isEqualTo(201);
    }
  }

  @Test
  void an_upgrade_is_not_followed() throws IOException {
    try (var wire =
        unmoved
            .wire()
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
    try (var wire = unmoved.wire().send(head("GET", path))) {
      var answer = wire.answer();

      assertIsProblem(answer, answer.status() == 400 ? 400 : 404);
    }
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
    try (var wire = unmoved.wire().send(head("GET", path))) {
      assertIsProblem(wire.answer(), 404);
    }
    try (var wire = unmoved.wire().send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertIsProblem(wire.answer(), 401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e4", "a\u0080b", "a\tb", "a b"})
  void an_idempotency_key_is_visible_ASCII(String key) throws IOException {
    var body = USER.formatted("1");
    try (var wire =
        unmoved
            .wire()
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
    try (var wire = unmoved.wire().send(head("GET", "/<script>alert(\"\u00e4\")</script>"))) {
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
    try (var wire = unmoved.wire().send(head(method, path, header + ": " + tags))) {
      assertThat(wire.answer().status()).isEqualTo(status);
    }
  }
}
