package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A caller's wish that a request has its effect once, however often it is sent. Keys belong to the
 * tenant.
 *
 * @param key the caller's name for the request: 1–255 visible ASCII characters
 * @param fingerprint a digest of what was asked, to tell a retry from another use of the same key
 */
public record IdempotencyClaim(String key, String fingerprint) {
  /** Most characters of a key. */
  public static final int MAX_LENGTH = 255;

  /** How long a key is remembered. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  public IdempotencyClaim {
    requireNonNull(fingerprint);
    if (!isValidKey(key)) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + MAX_LENGTH + " visible ASCII characters");
    }
  }

  /** Whether the text can be a key. */
  public static boolean isValidKey(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
