package io.userservice.adapter.http.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.Actor;
import io.userservice.domain.user.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Verifies bearer tokens (RFC 6750, RFC 7519, RFC 8725). The algorithm follows from the configured
 * key and from nothing in the token; {@code exp} and the tenant claim are demanded; {@code kid}
 * chooses among known keys only, {@code jku}, {@code x5u} and {@code jwk} are never looked at.
 *
 * <p>A token that was verified once is remembered by its digest until it expires or the keys
 * change. May be used by any number of threads.
 */
public final class TokenVerifier implements AutoCloseable {
  /** How far apart the clocks of issuer and service may be. */
  public static final Duration LEEWAY = Duration.ofSeconds(30);

  /** Tokens longer than this are not read at all. */
  private static final int MAX_LENGTH = 12 * 1024;

  private static final int MAX_SUBJECT_LENGTH = 1_024;
  private static final String CHALLENGE = "Bearer realm=\"user-service\"";

  private final Options options;
  private final InstantSource clock;
  private final VerificationKeys keys;
  private final VerifiedTokens verified = new VerifiedTokens();

  public TokenVerifier(KeySource source, Options options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    this.keys =
        switch (source) {
          case KeySource.SharedSecret(var secret) -> VerificationKeys.shared(secret);
          case KeySource.PublicKey(var pem) -> VerificationKeys.pem(pem);
          case KeySource.Jwks(var url) -> new JwksKeys(url, clock);
        };
  }

  /** By what signatures are verified. */
  public sealed interface KeySource {
    /** HS256 with this secret of at least 32 bytes. */
    record SharedSecret(byte[] secret) implements KeySource {
      public SharedSecret {
        secret = secret.clone();
      }

      @Override
      public String toString() {
        return "SharedSecret";
      }
    }

    /** RS256 or ES256, by the kind of this public key (PEM, {@code BEGIN PUBLIC KEY}). */
    record PublicKey(String pem) implements KeySource {
      /**
       * @throws IllegalArgumentException when the key can't be used; the message says what is
       *     accepted
       */
      public PublicKey {
        VerificationKeys.pem(pem);
      }
    }

    /** RS256 or ES256 with the keys of the JWK set at this address, by {@code kid}. */
    record Jwks(URI url) implements KeySource {}
  }

  /**
   * What is demanded of a token beside its signature and its time.
   *
   * @param tenantClaim the claim that carries the tenant
   */
  public record Options(Optional<String> issuer, Optional<String> audience, String tenantClaim) {}

  /** What a verified token says. */
  public record VerifiedToken(TenantId tenant, Optional<Actor> actor, Set<String> scopes) {
    public VerifiedToken {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * The token in the values of the header {@code Authorization}.
   *
   * @throws Problem.Raised 401 when there is none or it isn't valid; 503 when that can't be told
   *     because no keys could be had yet
   */
  public VerifiedToken verify(List<String> authorization) {
    var token = bearer(authorization);
    var now = clock.instant();
    var generation = keys.generation();
    return verified.find(token, generation, now).orElseGet(() -> verifyAnew(token, generation));
  }

  /** The refusal of a token that is valid but lacks the scope. */
  public static Problem insufficientScope(String scope) {
    return Problem.of(ProblemType.INSUFFICIENT_SCOPE, "the access token lacks a scope")
        .with(
            "WWW-Authenticate",
            CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
  }

  /** Stops fetching keys. */
  @Override
  public void close() {
    keys.close();
  }

  private static String bearer(List<String> authorization) {
    if (authorization.isEmpty()) {
      throw missing();
    }
    var value = authorization.getFirst();
    if (!value.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw missing();
    }
    var token = value.substring(7).strip();
    if (authorization.size() > 1 || token.isEmpty() || token.length() > MAX_LENGTH) {
      throw invalid();
    }
    return token;
  }

  private VerifiedToken verifyAnew(String token, long generation) {
    if (!CompactForm.isStrict(token)) {
      throw invalid();
    }
    var unverified = readable(() -> JWT.decode(token));
    if (!unverified.getHeaderClaim("crit").isMissing()) {
      throw invalid(); // an extension that must be understood (RFC 7515 section 4.1.11): none is
    }
    var kid = readable(() -> Optional.ofNullable(unverified.getKeyId()));
    var algorithm = keys.find(kid.orElse(null)).orElseThrow(TokenVerifier::invalid);
    return readable(
        () -> {
          var decoded = verifier(algorithm).verify(unverified);
          var result = read(decoded);
          verified.remember(
              token, generation, decoded.getExpiresAtAsInstant().plus(LEEWAY), result);
          return result;
        });
  }

  private static <T> T readable(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RuntimeException _) {
      // Beside its own exceptions the library trips over headers and claims that are JSON's null,
      // and over times beyond all calendars: bad tokens, all of them.
      throw invalid();
    }
  }

  private JWTVerifier verifier(Algorithm algorithm) {
    // A token from the future is told by nbf; iat is information (RFC 7519 section 4.1.6).
    var demands = JWT.require(algorithm).acceptLeeway(LEEWAY.toSeconds()).ignoreIssuedAt();
    options.issuer().ifPresent(demands::withIssuer);
    options.audience().ifPresent(demands::withAudience);
    return ((JWTVerifier.BaseVerification) demands).build(clock.withZone(ZoneOffset.UTC));
  }

  private VerifiedToken read(DecodedJWT token) {
    if (token.getExpiresAtAsInstant() == null) {
      throw invalid();
    }
    var tenant =
        Optional.ofNullable(token.getClaim(options.tenantClaim()).asString())
            .filter(TenantId::isValid)
            .orElseThrow(TokenVerifier::invalid);
    return new VerifiedToken(new TenantId(tenant), actor(token), scopes(token));
  }

  private static Optional<Actor> actor(DecodedJWT token) {
    var subject = Optional.ofNullable(token.getSubject()).filter(text -> !text.isEmpty());
    if (subject.filter(text -> !isStorable(text)).isPresent()) {
      throw invalid();
    }
    return subject.map(Actor::new);
  }

  /** The subject is kept with each event, so it must be text that a database can hold. */
  private static boolean isStorable(String text) {
    return text.length() <= MAX_SUBJECT_LENGTH
        && text.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static Set<String> scopes(DecodedJWT token) {
    var scopes = new HashSet<String>();
    collect(token.getClaim("scope"), scopes);
    collect(token.getClaim("scp"), scopes);
    return scopes;
  }

  private static void collect(Claim claim, Set<String> scopes) {
    Optional.ofNullable(claim.asString())
        .ifPresent(text -> scopes.addAll(List.of(text.split(" "))));
    Optional.ofNullable(claim.asArray(String.class)).ifPresent(all -> scopes.addAll(List.of(all)));
  }

  private static Problem.Raised missing() {
    return Problem.of(ProblemType.UNAUTHORIZED, "a bearer token is needed")
        .with("WWW-Authenticate", CHALLENGE)
        .raised();
  }

  private static Problem.Raised invalid() {
    return Problem.of(ProblemType.UNAUTHORIZED, "the bearer token is not valid")
        .with("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"")
        .raised();
  }
}
