package io.userservice.adapter.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource.PublicKey;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource.SharedSecret;
import io.userservice.adapter.http.auth.TokenVerifier.Options;
import io.userservice.adapter.http.auth.TokenVerifier.VerifiedToken;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.Actor;
import io.userservice.domain.user.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final Options ANY = new Options(Optional.empty(), Optional.empty(), "tenantId");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final TokenVerifier verifier = verifier(new SharedSecret(SECRET), ANY);

  private TokenVerifier verifier(KeySource source, Options options) {
    return new TokenVerifier(source, options, now::get);
  }

  private static String token(UnaryOperator<JWTCreator.Builder> claims) {
    return claims
        .apply(JWT.create().withClaim("tenantId", "acme").withExpiresAt(NOW.plusSeconds(60)))
        .sign(Algorithm.HMAC256(SECRET));
  }

  private static VerifiedToken verify(TokenVerifier verifier, String token) {
    return verifier.verify(List.of("Bearer " + token));
  }

  private static void assertRefused(TokenVerifier verifier, String token) {
    assertThatThrownBy(() -> verify(verifier, token))
        .isInstanceOfSatisfying(
            Problem.Raised.class,
            raised -> {
              assertThat(raised.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED);
              assertThat(raised.problem().detail()).isEqualTo("the bearer token is not valid");
              assertThat(raised.problem().headers())
                  .containsEntry(
                      "WWW-Authenticate", "Bearer realm=\"user-service\", error=\"invalid_token\"");
            });
  }

  @Test
  void a_good_token_says_who_calls() {
    var token = token(claims -> claims.withSubject("ana").withClaim("scope", "users:read x"));

    assertThat(verify(verifier, token))
        .isEqualTo(
            new VerifiedToken(
                new TenantId("acme"),
                Optional.of(new Actor("ana")),
                java.util.Set.of("users:read", "x")));
  }

  @Test
  void a_token_needs_no_subject_and_no_scope() {
    assertThat(verify(verifier, token(claims -> claims)))
        .isEqualTo(new VerifiedToken(new TenantId("acme"), Optional.empty(), java.util.Set.of()));
  }

  @Test
  void a_token_is_written_in_one_way_only() {
    var token = token(claims -> claims);
    var parts = token.split("\\.");
    assertThat(verify(verifier, token)).isNotNull();

    assertRefused(verifier, token + "=");
    assertRefused(verifier, token.substring(0, token.length() - 1) + neighbour(token));
    var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    var header = "{\"alg\":\"HS256\"}";
    assertThat(verify(verifier, signed(header, payload))).isNotNull();
    assertRefused(verifier, signed(header, payload + "x"));
    assertRefused(verifier, signed(header, payload + "{}"));
    assertRefused(verifier, signed(header, "{\"tenantId\":\"globex\"," + payload.substring(1)));
    assertRefused(verifier, signed(header + "x", payload));
    assertRefused(verifier, signed("{\"alg\":\"none\"," + header.substring(1), payload));
    assertRefused(verifier, signed(header, payload.replace("acme", "acme\u00ff")));
  }

  /** The last of 43 characters carries four bits of a digest; the other two are to be zero. */
  private static char neighbour(String token) {
    return (char) (token.charAt(token.length() - 1) + 1);
  }

  /** Signed as is; one character, one octet. */
  private static String signed(String header, String payload) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    var octets = payload.getBytes(StandardCharsets.ISO_8859_1);
    var head = base64.encodeToString(header.getBytes(StandardCharsets.ISO_8859_1));
    var body = base64.encodeToString(octets);
    var signature =
        Algorithm.HMAC256(SECRET)
            .sign(
                head.getBytes(StandardCharsets.US_ASCII), body.getBytes(StandardCharsets.US_ASCII));
    return head + "." + body + "." + base64.encodeToString(signature);
  }

  @Test
  void an_extension_that_must_be_understood_is_not() {
    var payload =
        "{\"tenantId\":\"acme\",\"exp\":%d}".formatted(NOW.plusSeconds(60).getEpochSecond());

    assertRefused(verifier, signed("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", payload));
    assertRefused(verifier, signed("{\"alg\":\"HS256\",\"crit\":null}", payload));
    assertThat(verify(verifier, signed("{\"alg\":\"HS256\",\"x\":1}", payload))).isNotNull();
  }

  @Test
  void scopes_are_a_text_or_a_list() {
    assertThat(verify(verifier, token(claims -> claims.withClaim("scp", "a b"))).scopes())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(
            verify(verifier, token(claims -> claims.withArrayClaim("scp", new String[] {"a", "b"})))
                .scopes())
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void a_token_ends_with_exp_and_begins_with_nbf_with_30_seconds_of_leeway() {
    var token = token(claims -> claims.withNotBefore(NOW));

    now.set(NOW.minusSeconds(31));
    assertRefused(verifier, token);
    now.set(NOW.minusSeconds(29));
    assertThat(verify(verifier, token).tenant()).isEqualTo(new TenantId("acme"));
    now.set(NOW.plusSeconds(60 + 29));
    assertThat(verify(verifier, token).tenant()).isEqualTo(new TenantId("acme"));
    now.set(NOW.plusSeconds(60 + 31));
    assertRefused(verifier, token);
    assertRefused(verifier(new SharedSecret(SECRET), ANY), token);
  }

  @Test
  void when_a_token_was_issued_does_not_matter() {
    assertThat(verify(verifier, token(claims -> claims.withIssuedAt(NOW.plusSeconds(9_999)))))
        .isNotNull();
  }

  @Test
  void exp_is_demanded() {
    assertRefused(
        verifier, JWT.create().withClaim("tenantId", "acme").sign(Algorithm.HMAC256(SECRET)));
    assertRefused(verifier, raw("{\"alg\":\"HS256\"}", "{\"tenantId\":\"acme\",\"exp\":null}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a\u0000", "\n"})
  void a_tenant_is_visible_ASCII(String tenant) {
    assertRefused(verifier, token(claims -> claims.withClaim("tenantId", tenant)));
  }

  @Test
  void the_tenant_claim_is_demanded() {
    assertThat(verify(verifier, token(claims -> claims.withClaim("tenantId", "t".repeat(128)))))
        .isNotNull();
    assertRefused(verifier, token(claims -> claims.withClaim("tenantId", "t".repeat(129))));
    assertRefused(verifier, token(claims -> claims.withClaim("tenantId", 7)));
    assertRefused(verifier, token(claims -> claims.withNullClaim("tenantId")));
    assertRefused(
        verifier, token(claims -> claims.withArrayClaim("tenantId", new String[] {"acme"})));
    var other =
        verifier(new SharedSecret(SECRET), new Options(Optional.empty(), Optional.empty(), "org"));
    assertRefused(other, token(claims -> claims));
    assertThat(verify(other, token(claims -> claims.withClaim("org", "x"))).tenant())
        .isEqualTo(new TenantId("x"));
  }

  @Test
  void a_subject_that_could_not_be_kept_is_refused() {
    assertRefused(verifier, token(claims -> claims.withSubject("a\u0000b")));
    assertRefused(verifier, token(claims -> claims.withSubject("a".repeat(1_025))));
    assertRefused(
        verifier,
        raw(
            "{\"alg\":\"HS256\"}",
            "{\"tenantId\":\"acme\",\"exp\":9999999999,\"sub\":\"\\ud800\"}"));
  }

  @Test
  void issuer_and_audience_are_demanded_when_configured() {
    var strict =
        verifier(
            new SharedSecret(SECRET),
            new Options(Optional.of("https://issuer"), Optional.of("users"), "tenantId"));

    assertRefused(strict, token(claims -> claims));
    assertRefused(strict, token(claims -> claims.withIssuer("https://issuer")));
    assertRefused(strict, token(claims -> claims.withAudience("users")));
    assertRefused(
        strict, token(claims -> claims.withIssuer("https://issuer/").withAudience("users")));
    assertThat(
            verify(
                strict,
                token(claims -> claims.withIssuer("https://issuer").withAudience("x", "users"))))
        .isNotNull();
  }

  @Test
  void only_the_algorithm_of_the_key_is_accepted() {
    var rsa = Pairs.rsa(2048);
    var pem = Pairs.pem(rsa.getPublic());
    var claims = JWT.create().withClaim("tenantId", "acme").withExpiresAt(NOW.plusSeconds(60));
    var rs256 = verifier(new PublicKey(pem), ANY);
    var privateKey = (RSAPrivateKey) rsa.getPrivate();

    assertThat(verify(rs256, claims.sign(Algorithm.RSA256(privateKey)))).isNotNull();
    assertRefused(rs256, claims.sign(Algorithm.RSA384(privateKey)));
    assertRefused(rs256, claims.sign(Algorithm.RSA256PSS(privateKey)));
    assertRefused(rs256, claims.sign(Algorithm.none()));
    // The classic: the public key, taken for a shared secret.
    assertRefused(rs256, claims.sign(Algorithm.HMAC256(pem)));
    assertRefused(rs256, claims.sign(Algorithm.HMAC256(rsa.getPublic().getEncoded())));
    assertRefused(verifier, claims.sign(Algorithm.HMAC512(SECRET)));
    assertRefused(verifier, claims.sign(Algorithm.RSA256(privateKey)));
  }

  @Test
  void an_EC_key_verifies_ES256() {
    var pair = Pairs.ec("secp256r1");
    var claims = JWT.create().withClaim("tenantId", "acme").withExpiresAt(NOW.plusSeconds(60));
    var es256 = verifier(new PublicKey(Pairs.pem(pair.getPublic())), ANY);

    var token = claims.sign(Algorithm.ECDSA256((ECPrivateKey) pair.getPrivate()));

    assertThat(verify(es256, token)).isNotNull();
    // CVE-2022-21449: a signature of zeros.
    var zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
    assertRefused(es256, token.substring(0, token.lastIndexOf('.') + 1) + zeros);
  }

  @Test
  void a_key_that_is_too_weak_or_of_another_kind_is_refused_at_once() {
    for (var key : List.of(Pairs.rsa(1024).getPublic(), Pairs.ec("secp384r1").getPublic())) {
      assertThatThrownBy(() -> verifier(new PublicKey(Pairs.pem(key)), ANY))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> verifier(new PublicKey("nonsense"), ANY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> verifier(new SharedSecret(new byte[31]), ANY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_bit_of_a_verified_token_can_be_altered() {
    var token = token(claims -> claims);
    verify(verifier, token);

    for (var i = 0; i < token.length() - 1; i++) {
      var altered =
          token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
      assertRefused(verifier, altered);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"x\"",
        "1",
        "",
        "{",
        "{}",
        "{\"exp\":\"soon\"}",
        "{\"exp\":1e999}",
        "{\"exp\":{}}",
        "{\"exp\":-1}",
        "{\"tenantId\":\"acme\",\"exp\":99999999999999999999}",
        "{\"tenantId\":\"acme\",\"exp\":9223372036854775807}",
        "{\"tenantId\":\"acme\",\"exp\":31556889864403199}",
        "{\"tenantId\":\"acme\",\"exp\":9999999999,\"nbf\":\"x\"}",
        "{\"tenantId\":\"acme\",\"exp\":9999999999,\"nbf\":99999999999999999999}",
      })
  void claims_of_any_shape_are_refused_quietly(String payload) {
    assertRefused(verifier, raw("{\"alg\":\"HS256\"}", payload));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "{\"alg\":null}", "{\"alg\":7}", "{\"alg\":[]}", "x"})
  void headers_of_any_shape_are_refused_quietly(String header) {
    assertRefused(verifier, raw(header, "{\"tenantId\":\"acme\",\"exp\":9999999999}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".", "..", "...", "a.b.c.d", "%%%.%%%.%%%", "e30.e30", "\u00e4.b.c"})
  void texts_that_are_no_token_are_refused_quietly(String text) {
    assertRefused(verifier, text);
  }

  @Test
  void what_the_issuer_makes_the_verifier_accepts() {
    var options = new Options(Optional.of("me"), Optional.of("users"), "org");
    var token =
        new TokenIssuer(SECRET, options, now::get)
            .issue(
                new TenantId("acme"),
                Optional.of("ana"),
                Optional.of("users:read users:write"),
                Duration.ofHours(1));

    assertThat(verify(verifier(new SharedSecret(SECRET), options), token))
        .isEqualTo(
            new VerifiedToken(
                new TenantId("acme"),
                Optional.of(new Actor("ana")),
                java.util.Set.of("users:read", "users:write")));
  }

  /** A token of these texts with a good HS256 signature. */
  private static String raw(String header, String payload) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var head = encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8));
    var body = encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    var signature =
        Algorithm.HMAC256(SECRET)
            .sign(head.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
    return head + "." + body + "." + encoder.encodeToString(signature);
  }
}
