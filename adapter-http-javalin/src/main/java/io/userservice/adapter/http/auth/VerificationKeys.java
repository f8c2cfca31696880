package io.userservice.adapter.http.auth;

import com.auth0.jwt.algorithms.Algorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the key of a token comes from; each key stands for one algorithm. */
interface VerificationKeys extends AutoCloseable {
  /** Fewest bytes of an HS256 secret (RFC 7518 section 3.2). */
  int LEAST_SECRET_BYTES = 32;

  /** The key for a token that names this {@code kid}; empty when there is none. */
  Optional<Algorithm> find(@Nullable String kid);

  /** Another number whenever the keys are other ones. */
  long generation();

  @Override
  void close();

  static VerificationKeys shared(byte[] secret) {
    if (secret.length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the shared secret has %d bytes, at least %d are accepted"
              .formatted(secret.length, LEAST_SECRET_BYTES));
    }
    return new Single(Algorithm.HMAC256(secret));
  }

  static VerificationKeys pem(String pem) {
    return new Single(PublicKeys.algorithm(PublicKeys.ofPem(pem)));
  }

  /** One key for all tokens, whatever they call it. */
  record Single(Algorithm algorithm) implements VerificationKeys {
    @Override
    public Optional<Algorithm> find(@Nullable String kid) {
      return Optional.of(algorithm);
    }

    @Override
    public long generation() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
