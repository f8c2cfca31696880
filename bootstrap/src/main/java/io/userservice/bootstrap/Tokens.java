package io.userservice.bootstrap;

import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource;
import io.userservice.bootstrap.Settings.Keys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The verifier of tokens that the settings ask for. */
final class Tokens {
  private Tokens() {}

  static TokenVerifier verifier(Settings settings, InstantSource clock) {
    var demands = TokenCommand.demands(settings.tokens());
    return new TokenVerifier(source(settings.keys()), demands, clock);
  }

  private static KeySource source(Keys keys) {
    return switch (keys) {
      case Keys.SharedSecret(var secret) ->
          new KeySource.SharedSecret(secret.value().getBytes(StandardCharsets.UTF_8));
      case Keys.Jwks(var url) -> new KeySource.Jwks(URI.create(url));
      case Keys.PublicKey(var key) -> key;
    };
  }
}
