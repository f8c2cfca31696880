package io.userservice.bootstrap;

import io.userservice.adapter.http.auth.TokenIssuer;
import io.userservice.domain.user.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What somebody who has just typed {@code mvn} wants to know. */
final class DevGreeting {
  private static final Duration VALID = Duration.ofDays(1);

  private DevGreeting() {}

  static void print(Map<String, String> environment, int port) {
    var secret = environment.getOrDefault("JWT_SECRET", "");
    IO.println(
        """

        user-service is at  http://localhost:%d
        health, metrics     http://localhost:%d/health/ready  http://localhost:%d/metrics
        events              %s  stream USER_EVENTS
        """
            .formatted(
                port, port, port, environment.getOrDefault("NATS_URL", "nats://localhost:4222")));
    if (secret.isBlank()) {
      IO.println("Tokens are verified by a key of yours; make one with what has its private part.");
      return;
    }
    IO.println(
        """
        A token of the tenant "acme", valid for a day, and something to try, in another terminal:

        export TOKEN=%s

        curl -i http://localhost:%d/users -H "Authorization: Bearer $TOKEN" \\
          -H 'Content-Type: application/json' -d '{"email":"ana@example.org","name":"Ana"}'

        Ctrl-C ends all of it; data are kept in .data
        """
            .formatted(token(environment, secret), port));
  }

  private static String token(Map<String, String> environment, String secret) {
    var tokens = Settings.forToken(environment).tokens();
    var issuer =
        new TokenIssuer(
            secret.strip().getBytes(StandardCharsets.UTF_8),
            TokenCommand.demands(tokens),
            InstantSource.system());
    return issuer.issue(
        new TenantId("acme"),
        Optional.of("developer"),
        Optional.of("users:read users:write users:admin"),
        VALID);
  }
}
