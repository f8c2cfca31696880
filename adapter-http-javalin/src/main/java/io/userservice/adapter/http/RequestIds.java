package io.userservice.adapter.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a request in answers and logs: the client's own, when it is well formed. */
final class RequestIds {
  static final String HEADER = "X-Request-Id";
  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private RequestIds() {}

  static String of(@Nullable String given) {
    return Optional.ofNullable(given)
        .filter(text -> WELL_FORMED.matcher(text).matches())
        .orElseGet(RequestIds::next);
  }

  /** A name, not a secret: it need not be unguessable, only unique. */
  private static String next() {
    var random = ThreadLocalRandom.current();
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextLong());
  }
}
