package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Content negotiation (RFC 9110 sections 8.3, 12.5.1, 15.5.16). */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String MERGE_PATCH = "application/merge-patch+json";
  static final String ACCEPT_PATCH = MERGE_PATCH + ", " + JSON;

  private MediaTypes() {}

  /** The first of the offered types that the client likes best; empty when it accepts none. */
  static Optional<String> preferred(List<String> accept, List<String> offered) {
    if (accept.stream().allMatch(String::isBlank)) {
      return Optional.of(offered.getFirst());
    }
    var ranges = String.join(",", accept).toLowerCase(Locale.ROOT).split(",");
    var best = Optional.<String>empty();
    var bestQuality = 0.0;
    for (var type : offered) {
      var quality = quality(ranges, type);
      if (quality > bestQuality) {
        best = Optional.of(type);
        bestQuality = quality;
      }
    }
    return best;
  }

  /** Whether the client takes what is compressed with gzip (RFC 9110 section 12.5.3). */
  static boolean acceptsGzip(List<String> acceptEncoding) {
    for (var range : String.join(",", acceptEncoding).toLowerCase(Locale.ROOT).split(",")) {
      var parts = range.split(";");
      if (parts.length > 0 && parts[0].strip().equals("gzip")) {
        return weight(parts) > 0;
      }
    }
    return false; // also for "*": whoever doesn't name it may not know it
  }

  /** The quality that the most specific matching range gives the type. */
  private static double quality(String[] ranges, String type) {
    var specificity = -1;
    var quality = 0.0;
    for (var range : ranges) {
      var parts = range.split(";");
      var found = specificity(parts.length == 0 ? "" : parts[0].strip(), type);
      if (found > specificity) {
        specificity = found;
        quality = weight(parts);
      }
    }
    return quality;
  }

  private static int specificity(String range, String type) {
    if (range.equals(type)) {
      return 2;
    }
    if (range.equals("*/*")) {
      return 0;
    }
    var isWildcard = range.endsWith("/*");
    return isWildcard && type.startsWith(range.substring(0, range.length() - 1)) ? 1 : -1;
  }

  private static double weight(String[] parts) {
    for (var i = 1; i < parts.length; i++) {
      var parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        return quality(parameter.substring(2));
      }
    }
    return 1;
  }

  /** A weight that can't be read is no reason to refuse the range. */
  private static double quality(String text) {
    return text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : 1;
  }

  /** Refuses a body that isn't of one of the types, in UTF-8 and not compressed. */
  static void demandBody(String contentType, String encoding, List<String> in) {
    if (!encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("a body with Content-Encoding isn't accepted", in)
          .with("Accept-Encoding", "identity")
          .raised();
    }
    var parts = contentType.split(";");
    var type = parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT);
    if (!in.contains(type)) {
      throw unsupported("the body must be of type " + String.join(" or ", in), in).raised();
    }
    for (var i = 1; i < parts.length; i++) {
      if (!isUtf8(parts[i].strip().toLowerCase(Locale.ROOT))) {
        throw unsupported("the body must be in UTF-8", in).raised();
      }
    }
  }

  private static boolean isUtf8(String parameter) {
    if (!parameter.startsWith("charset")) {
      return true;
    }
    var value = parameter.substring("charset".length()).replace("=", "").replace("\"", "").strip();
    return value.equals(StandardCharsets.UTF_8.name().toLowerCase(Locale.ROOT))
        || value.equals("utf8");
  }

  private static Problem unsupported(String detail, List<String> accepted) {
    var problem =
        Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail)
            .with("Accept", String.join(", ", accepted));
    return accepted.contains(MERGE_PATCH) ? problem.with("Accept-Patch", ACCEPT_PATCH) : problem;
  }
}
