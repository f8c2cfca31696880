package io.userservice.adapter.http;

import io.javalin.Javalin;
import io.userservice.adapter.http.auth.TokenIssuer;
import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource.SharedSecret;
import io.userservice.domain.user.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Server;

/**
 * The start of a server and the way of a first request, as far as they go without a port and a
 * database: what they load is there when they come.
 */
final class Rehearsal {
  private static final String DOCUMENT = "{\"email\":\"ana@example.org\",\"name\":\"Ana\"}";

  private Rehearsal() {}

  static void run() {
    new Server(WebServer.threads());
    Javalin.create(config -> config.startup.showJavalinBanner = false);
    verifyToken();
    UserDocument.of(JsonCodec.parse(DOCUMENT.getBytes(StandardCharsets.UTF_8))).profile();
  }

  /** One of nobody's, signed with nobody's secret. */
  private static void verifyToken() {
    var secret = new byte[32];
    var options = new TokenVerifier.Options(Optional.empty(), Optional.empty(), "tenantId");
    var clock = InstantSource.fixed(Instant.EPOCH);
    var token =
        new TokenIssuer(secret, options, clock)
            .issue(
                new TenantId("rehearsal"), Optional.empty(), Optional.empty(), Duration.ofHours(1));
    try (var verifier = new TokenVerifier(new SharedSecret(secret), options, clock)) {
      verifier.verify(List.of("Bearer " + token));
    }
  }
}
