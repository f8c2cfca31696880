package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.ManageUsers.IfMatch;
import io.userservice.domain.user.Version;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Conditional requests (RFC 9110 section 13). The entity tag of a user is its version, and strong:
 * the same version is the same representation, byte for byte.
 */
final class Preconditions {
  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
  private static final Pattern LIST =
      Pattern.compile("[ \\t,]*" + TAG + "(?:[ \\t]*,[ \\t,]*" + TAG + ")*[ \\t,]*");
  private static final Pattern ONE = Pattern.compile(TAG);
  private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,17})\"");

  private Preconditions() {}

  static String tag(Version version) {
    return "\"" + version + "\"";
  }

  /** What {@code If-Match} demands, compared strongly: a weak tag matches nothing. */
  static IfMatch ifMatch(List<String> header) {
    if (header.isEmpty() || isAny(header)) {
      return new IfMatch.AnyVersion();
    }
    return new IfMatch.OneOf(
        tags("If-Match", header).stream()
            .map(VERSION::matcher)
            .filter(tag -> tag.matches())
            .map(tag -> new Version(Long.parseLong(tag.group(1))))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether {@code If-None-Match} names this entity tag, compared weakly. */
  static boolean noneMatchFails(List<String> header, String current) {
    if (header.isEmpty()) {
      return false;
    }
    return isAny(header)
        || tags("If-None-Match", header).stream()
            .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
            .anyMatch(current::equals);
  }

  private static boolean isAny(List<String> header) {
    return header.size() == 1 && header.getFirst().strip().equals("*");
  }

  private static Set<String> tags(String name, List<String> header) {
    var text = String.join(",", header);
    if (!LIST.matcher(text).matches()) {
      throw Problem.of(
              ProblemType.MALFORMED_REQUEST,
              name + ": accepted is * or a list of entity tags in double quotes, e.g. \"1\"")
          .raised();
    }
    return ONE.matcher(text).results().map(tag -> tag.group()).collect(Collectors.toSet());
  }
}
