package io.userservice.adapter.http;

import io.userservice.application.driving.TraceParent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code traceparent} (W3C Trace Context). The service adds no span of its own, so it
 * passes on what it was given.
 */
final class TraceContext {
  static final String HEADER = "traceparent";

  private static final Pattern WELL_FORMED =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private TraceContext() {}

  /** The trace of a request; one that isn't well formed is none (section 3.2.2.5 there). */
  static Optional<TraceParent> of(List<String> values) {
    if (values.size() != 1) {
      return Optional.empty();
    }
    return Optional.of(WELL_FORMED.matcher(values.getFirst()))
        .filter(TraceContext::isValid)
        .map(found -> new TraceParent(asVersionZero(found)));
  }

  private static boolean isValid(Matcher found) {
    return found.matches()
        && !found.group(1).equals("ff")
        && !(found.group(1).equals("00") && found.group(5) != null)
        && !isZero(found.group(2))
        && !isZero(found.group(3));
  }

  private static boolean isZero(String hex) {
    return hex.chars().allMatch(c -> c == '0');
  }

  /** A version that we don't know is continued as the one that we do. */
  private static String asVersionZero(Matcher found) {
    return found.group(1).equals("00")
        ? found.group()
        : "00-%s-%s-%s".formatted(found.group(2), found.group(3), found.group(4));
  }
}
