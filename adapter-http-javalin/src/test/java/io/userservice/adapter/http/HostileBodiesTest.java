package io.userservice.adapter.http;

import static io.userservice.adapter.http.Wire.assertIsProblem;
import static io.userservice.adapter.http.Wire.head;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies that are too large, come slowly or not at all, or aren't wanted; and clients that just
 * stop.
 */
class HostileBodiesTest {
  private static final String USER =
      "{\"email\":\"a@b.org\",\"name\":\"A\",\"attributes\":{\"x\":%s}}";

  private final Unmoved unmoved = new Unmoved();
  private final Api api = unmoved.api();

  @AfterEach
  void the_service_is_well_afterwards() {
    unmoved.close();
  }

  /** A client that has sent the head of a request with a body. */
  private Wire upload(String... headers) throws IOException {
    var all = Stream.concat(Stream.of("Content-Type: application/json"), Stream.of(headers));
    return unmoved.wire().send(head("POST", "/users", all.toArray(String[]::new)));
  }

  @Test
  void ten_megabytes_are_refused_also_to_a_client_that_reads_when_all_is_sent() throws IOException {
    var chunk = "x".repeat(0x10000);
    try (var wire = upload("Content-Length: 10485760")) {
      for (var i = 0; i < 160; i++) {
        assertThat(wire.sends(chunk.getBytes(StandardCharsets.US_ASCII))).isTrue();
      }
      assertIsProblem(wire.answer(), 413);
    }
    try (var wire = upload("Transfer-Encoding: chunked")) {
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
    try (var wire = unmoved.wire()) {
      assertIsProblem(wire.send(request).answer(), 415);
      assertIsProblem(wire.send(request).answer(), 415);
    }
  }

  @Test
  void a_small_body_that_comes_after_its_headers_costs_no_connection() throws Exception {
    var body = USER.formatted("1");
    var head =
        head("POST", "/users", "Content-Type: text/plain", "Content-Length: " + body.length());
    try (var wire = unmoved.wire()) {
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
    try (var wire = upload("Content-Length: 10485760", "Expect: 100-continue")) {
      assertIsProblem(wire.answer(), 413);
    }
  }

  @Test
  void a_body_without_end_is_cut_off() throws IOException {
    var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (var wire = upload("Transfer-Encoding: chunked")) {
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
    try (var wire = unmoved.wire().send((hasToken ? known : unknown) + "{")) {
      wire.sendNoMore();
      wire.answer();
    }
    try (var wire = unmoved.wire()) {
      wire.send((hasToken ? known : unknown) + "{");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "5\r\nabc", "FFFFFFFFFFFFFFFFF\r\n", "1\r\nabc\r\n"})
  void broken_chunks_are_malformed(String chunks) throws IOException {
    try (var wire =
        unmoved
            .wire()
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

  @Test
  void a_body_that_is_not_wanted_is_not_waited_for_like_one_that_is() throws IOException {
    try (var patient = Api.startWithIdleTimeout(Duration.ofMinutes(1));
        var wire = new Wire(patient.port())) {
      wire.send("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{");

      assertIsProblem(wire.answer(), 401); // within the client's 20 s
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void a_large_body_that_a_read_does_not_want_ends_the_connection_with_a_word() throws IOException {
    try (var wire = unmoved.wire().send(head("GET", "/users", "Content-Length: 300000"))) {
      var answer = wire.answer();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Connection")).isEqualTo("close");
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
      wires.add(unmoved.wire().send(head + "{"));
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
}
