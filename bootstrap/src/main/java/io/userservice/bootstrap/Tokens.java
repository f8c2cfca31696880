package io.userservice.bootstrap;

import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.http.auth.TokenVerifier.KeySource;
import io.userservice.bootstrap.InvalidSettings.Problem;
import io.userservice.bootstrap.Settings.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;

/** The verifier of tokens that the settings ask for. */
final class Tokens {
  private Tokens() {}

  /** Throws {@link InvalidSettings} when the key in the file can't be used. */
  static TokenVerifier verifier(Settings settings, InstantSource clock) {
    var demands = TokenCommand.demands(settings.tokens());
    try {
      return new TokenVerifier(source(settings.keys()), demands, clock);
    } catch (IllegalArgumentException | IOException unusable) {
      throw new InvalidSettings(
          List.of(new Problem("JWT_PUBLIC_KEY_FILE", String.valueOf(unusable.getMessage()))));
    }
  }

  private static KeySource source(Keys keys) throws IOException {
    return switch (keys) {
      case Keys.SharedSecret(var secret) ->
          new KeySource.SharedSecret(secret.value().getBytes(StandardCharsets.UTF_8));
      case Keys.Jwks(var url) -> new KeySource.Jwks(URI.create(url));
      case Keys.PublicKey(var file) -> new KeySource.PublicKey(Files.readString(file));
    };
  }
}
