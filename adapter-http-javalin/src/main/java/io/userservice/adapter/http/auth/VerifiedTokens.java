package io.userservice.adapter.http.auth;

import io.userservice.adapter.http.auth.TokenVerifier.VerifiedToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers verified tokens by the SHA-256 of the whole token, signature included: two tokens that
 * differ in one bit have nothing in common. A lookup tells nothing by its timing, because an
 * attacker can't steer digests.
 */
final class VerifiedTokens {
  private static final int MAX_ENTRIES = 10_000;

  private final ConcurrentHashMap<ByteBuffer, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(VerifiedToken token, long generation, Instant end) {}

  /**
   * The token, if it was verified with the keys of this generation and is still within its time.
   */
  Optional<VerifiedToken> find(String token, long generation, Instant now) {
    var entry = entries.get(digest(token));
    return entry != null && entry.generation() == generation && now.isBefore(entry.end())
        ? Optional.of(entry.token())
        : Optional.empty();
  }

  void remember(String token, long generation, Instant end, VerifiedToken result) {
    if (entries.size() >= MAX_ENTRIES) {
      entries.clear(); // verifying a token again is cheaper than keeping an order among them
    }
    entries.put(digest(token), new Entry(result, generation, end));
  }

  private static ByteBuffer digest(String token) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
