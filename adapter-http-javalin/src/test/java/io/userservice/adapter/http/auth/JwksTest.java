package io.userservice.adapter.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.sun.net.httpserver.HttpServer;
import io.userservice.adapter.http.LoggedLines;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource.Jwks;
import io.userservice.adapter.http.auth.TokenVerifier.Options;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import io.userservice.application.testkit.Collision;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final KeyPair FIRST = Pairs.rsa(2048);
  private static final KeyPair SECOND = Pairs.ec("secp256r1");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicReference<String> document = new AtomicReference<>("");
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
  private final HttpServer endpoint;
  private final TokenVerifier verifier;

  JwksTest() throws IOException {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          pass(gate.get());
          var body = document.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status.get(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    endpoint.start();
    verifier =
        new TokenVerifier(
            new Jwks(
                URI.create("http://127.0.0.1:%d/keys".formatted(endpoint.getAddress().getPort()))),
            new Options(Optional.empty(), Optional.empty(), "tenantId"),
            now::get);
  }

  private static void pass(CountDownLatch gate) throws InterruptedIOException {
    try {
      gate.await();
    } catch (InterruptedException _) {
      throw new InterruptedIOException();
    }
  }

  @BeforeEach
  void publishTheFirst() {
    publish(Pairs.jwk("first", FIRST.getPublic()));
  }

  @AfterEach
  void stop() {
    verifier.close();
    endpoint.stop(0);
  }

  private void publish(String... keys) {
    document.set("{\"keys\":[" + String.join(",", keys) + "]}");
  }

  private static String first(String kid) {
    return JWT.create()
        .withKeyId(kid)
        .withClaim("tenantId", "acme")
        .withExpiresAt(NOW.plusSeconds(3_600))
        .sign(Algorithm.RSA256((RSAPrivateKey) FIRST.getPrivate()));
  }

  private static String second(String kid) {
    return JWT.create()
        .withKeyId(kid)
        .withClaim("tenantId", "acme")
        .withExpiresAt(NOW.plusSeconds(3_600))
        .sign(Algorithm.ECDSA256((ECPrivateKey) SECOND.getPrivate()));
  }

  private ProblemType refusal(String token) {
    var thrown = new AtomicReference<ProblemType>();
    assertThatThrownBy(() -> verifier.verify(List.of("Bearer " + token)))
        .isInstanceOfSatisfying(
            Problem.Raised.class, raised -> thrown.set(raised.problem().type()));
    return thrown.get();
  }

  private boolean accepts(String token) {
    return verifier.verify(List.of("Bearer " + token)).tenant().value().equals("acme");
  }

  @Test
  void an_endpoint_that_gives_no_keys_is_named_and_is_why_nothing_is_answered() {
    status.set(500);
    try (var logged = new LoggedLines(JwksEndpoint.class.getName())) {
      assertThatThrownBy(() -> accepts(first("first")))
          .isInstanceOfSatisfying(
              Unavailable.class, now -> assertThat(now.reason()).isEqualTo(Reason.KEYS));
      assertThat(logged.texts()).singleElement().asString().contains("127.0.0.1", "status 500");
    }
  }

  @Test
  void keys_are_fetched_once_and_chosen_by_kid() {
    publish(Pairs.jwk("first", FIRST.getPublic()), Pairs.jwk("second", SECOND.getPublic()));

    assertThat(accepts(first("first"))).isTrue();
    assertThat(accepts(second("second"))).isTrue();
    assertThat(refusal(first("second"))).isEqualTo(ProblemType.UNAUTHORIZED);
    assertThat(asked).hasValue(1);
  }

  @Test
  void however_often_keys_are_rotated_no_good_token_is_refused() {
    for (var i = 0; i < 20; i++) {
      publish(Pairs.jwk("k" + i, FIRST.getPublic()));
      assertThat(accepts(first("k" + i))).isTrue();
    }
  }

  @Test
  void invented_kids_make_no_storm() throws Exception {
    accepts(first("first"));

    Collision.of(100, i -> () -> refusal(first("invented" + i)));

    assertThat(asked.get()).isLessThanOrEqualTo(4);
    now.set(NOW.plus(JwksKeys.COOL_DOWN));
    publish(Pairs.jwk("first", FIRST.getPublic()), Pairs.jwk("second", SECOND.getPublic()));
    assertThat(accepts(second("second"))).isTrue();
  }

  @Test
  void a_clock_that_is_set_back_keeps_no_new_key_away() {
    accepts(first("first"));
    for (var i = 0; i < 5; i++) {
      refusal(first("invented" + i));
    }
    publish(Pairs.jwk("refreshed", SECOND.getPublic()));

    now.set(NOW.minus(Duration.ofHours(1)));
    // The keys are of the future now and fetched once more, whatever else is allowed.
    await().ignoreExceptions().until(() -> accepts(second("refreshed")));
    publish(Pairs.jwk("second", SECOND.getPublic()));
    assertThat(refusal(second("second"))).isEqualTo(ProblemType.UNAUTHORIZED);
    now.set(NOW.minus(Duration.ofHours(1)).plus(JwksKeys.COOL_DOWN));

    assertThat(accepts(second("second"))).isTrue();
  }

  @Test
  void keys_that_were_fetched_later_than_now_are_old() {
    accepts(first("first"));

    now.set(NOW.minus(Duration.ofHours(1)));

    await()
        .untilAsserted(
            () -> {
              accepts(first("first"));
              assertThat(asked).hasValueGreaterThan(1);
            });
  }

  @Test
  void who_waits_for_an_endpoint_that_hangs_leaves_room_for_others() throws Exception {
    accepts(first("first"));
    var more = 100;
    gate.set(new CountDownLatch(more));
    // beforehand, for to sign takes longer than the endpoint is waited for
    var invented =
        IntStream.range(0, JwksKeys.MOST_WAITING + more)
            .mapToObj(i -> first("invented" + i))
            .toList();

    var refusals =
        Collision.of(
            invented.size(),
            i ->
                () -> {
                  var refusal = refusal(invented.get(i));
                  gate.get().countDown(); // opened by those who didn't wait
                  return refusal;
                });

    assertThat(refusals)
        .containsOnly(ProblemType.UNAUTHORIZED, ProblemType.UNAVAILABLE)
        .filteredOn(ProblemType.UNAVAILABLE::equals)
        .hasSizeGreaterThanOrEqualTo(more);
  }

  @Test
  void many_that_need_a_new_key_at_once_fetch_it_once() throws Exception {
    var accepted = Collision.of(50, _ -> () -> accepts(first("first")));

    assertThat(accepted).containsOnly(true);
    assertThat(asked).hasValue(1);
  }

  @Test
  void keys_are_kept_while_the_endpoint_is_down() {
    accepts(first("first"));
    status.set(500);

    now.set(NOW.plus(JwksKeys.MAX_AGE).plusSeconds(1));

    assertThat(accepts(first("first"))).isTrue();
    assertThat(refusal(second("second"))).isEqualTo(ProblemType.UNAUTHORIZED);
    assertThat(accepts(first("first"))).isTrue();
  }

  @Test
  void without_any_key_yet_no_token_is_called_bad() {
    status.set(500);

    assertThat(refusal(first("first"))).isEqualTo(ProblemType.UNAVAILABLE);

    status.set(200);
    assertThat(accepts(first("first"))).isTrue();
  }

  @Test
  void a_key_that_was_withdrawn_is_not_trusted_for_what_was_remembered() {
    accepts(first("first"));
    publish(Pairs.jwk("second", SECOND.getPublic()));

    accepts(second("second"));

    assertThat(refusal(first("first"))).isEqualTo(ProblemType.UNAUTHORIZED);
  }

  @Test
  void a_kid_whose_key_was_exchanged_means_the_new_key() {
    accepts(first("first"));
    publish(Pairs.jwk("first", SECOND.getPublic()), Pairs.jwk("x", FIRST.getPublic()));

    accepts(first("x"));

    assertThat(refusal(first("first"))).isEqualTo(ProblemType.UNAUTHORIZED);
    assertThat(accepts(second("first"))).isTrue();
  }

  @Test
  void a_token_without_a_kid_is_refused() {
    var token =
        JWT.create()
            .withClaim("tenantId", "acme")
            .withExpiresAt(NOW.plusSeconds(60))
            .sign(Algorithm.RSA256((RSAPrivateKey) FIRST.getPrivate()));

    assertThat(refusal(token)).isEqualTo(ProblemType.UNAUTHORIZED);
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_key_for_something_else_is_no_key() {
    var jwk = Pairs.jwk("first", FIRST.getPublic());
    publish(
        jwk.replace("\"sig\"", "\"enc\""),
        "7",
        "null",
        "{}",
        "{\"kty\":\"oct\",\"kid\":\"o\",\"k\":\"AAAA\"}");

    assertThat(refusal(first("first"))).isEqualTo(ProblemType.UNAUTHORIZED);

    publish(jwk.replace("RS256", "RS512"));
    assertThat(refusal(first("first"))).isEqualTo(ProblemType.UNAUTHORIZED);
  }

  @Test
  void an_answer_that_is_no_key_set_is_as_good_as_none() {
    for (var text : List.of("", "nonsense", "[]", "{\"keys\":7}", "x".repeat(2 << 20))) {
      now.updateAndGet(time -> time.plus(JwksKeys.COOL_DOWN));
      document.set(text);
      assertThat(refusal(first("first"))).isEqualTo(ProblemType.UNAVAILABLE);
    }
  }

  @Test
  void a_redirect_is_not_followed() {
    status.set(302);

    assertThat(refusal(first("first"))).isEqualTo(ProblemType.UNAVAILABLE);
    assertThat(asked).hasValue(1);
  }
}
