package io.userservice.bootstrap;

import io.userservice.adapter.http.auth.TokenIssuer;
import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.bootstrap.Settings.Issuing;
import io.userservice.domain.user.TenantId;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Prints a token and nothing else. */
final class TokenCommand {
  private TokenCommand() {}

  /** What the token shall say. */
  record Request(
      TenantId tenant, Optional<String> subject, Optional<String> scope, Duration lifetime) {}

  static int run(Request request, Issuing settings, PrintWriter out) {
    var issuer =
        new TokenIssuer(
            settings.secret().value().getBytes(StandardCharsets.UTF_8),
            demands(settings.tokens()),
            InstantSource.system());
    out.println(
        issuer.issue(request.tenant(), request.subject(), request.scope(), request.lifetime()));
    return ExitStatus.OK;
  }

  static TokenVerifier.Options demands(Settings.Tokens tokens) {
    return new TokenVerifier.Options(tokens.issuer(), tokens.audience(), tokens.tenantClaim());
  }
}
