package io.userservice.adapter.http.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.userservice.adapter.http.auth.TokenVerifier.Options;
import io.userservice.domain.user.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes HS256 tokens that a {@link TokenVerifier} with the same secret and options accepts. */
public final class TokenIssuer {
  private final Algorithm algorithm;
  private final Options options;
  private final InstantSource clock;

  public TokenIssuer(byte[] secret, Options options, InstantSource clock) {
    this.algorithm = Algorithm.HMAC256(secret);
    this.options = options;
    this.clock = clock;
  }

  /**
   * A token of the tenant, valid from now on for {@code lifetime}.
   *
   * @param scope scopes separated by spaces
   */
  public String issue(
      TenantId tenant, Optional<String> subject, Optional<String> scope, Duration lifetime) {
    var now = clock.instant();
    var token =
        JWT.create()
            .withClaim(options.tenantClaim(), tenant.value())
            .withIssuedAt(now)
            .withExpiresAt(now.plus(lifetime));
    options.issuer().ifPresent(token::withIssuer);
    options.audience().ifPresent(token::withAudience);
    subject.ifPresent(token::withSubject);
    scope.ifPresent(text -> token.withClaim("scope", text));
    return token.sign(algorithm);
  }
}
