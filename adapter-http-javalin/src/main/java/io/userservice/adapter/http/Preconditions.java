package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.ManageUsers.Precondition;
import io.userservice.application.driving.ManageUsers.Precondition.AnyVersion;
import io.userservice.application.driving.ManageUsers.Precondition.NoneOf;
import io.userservice.application.driving.ManageUsers.Precondition.OneOf;
import io.userservice.domain.user.Version;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Conditional requests (RFC 9110 section 13). The entity tag of a user is its version, and strong:
 * the same version is the same representation, byte for byte.
 *
 * @param ifMatch the lines of the header, none if it isn't there
 * @param ifNoneMatch likewise
 */
record Preconditions(List<String> ifMatch, List<String> ifNoneMatch) {
  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";

  /** Possessive: one that could go back would need the stack for each tag of thousands. */
  private static final Pattern LIST =
      Pattern.compile("[ \\t,]*(?:" + TAG + "(?:[ \\t]*,[ \\t,]*" + TAG + ")*+[ \\t,]*)?");

  private static final Pattern ONE = Pattern.compile(TAG);
  private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,17})\"");

  /** Those of a change. */
  static Preconditions of(Exchange exchange) {
    return new Preconditions(exchange.headers("If-Match"), exchange.headers("If-None-Match"));
  }

  /** Those by which a read can fail: {@code If-None-Match} makes its answer a 304 at most. */
  static Preconditions ofRead(Exchange exchange) {
    return new Preconditions(exchange.headers("If-Match"), List.of());
  }

  static String tag(Version version) {
    return "\"" + version + "\"";
  }

  /**
   * What the headers demand together. {@code If-Match} compares strongly: a weak tag matches
   * nothing. What can't be read is never met either, and told as what it is when the user is there:
   * whoever isn't there is not found, whatever the precondition.
   */
  Precondition demanded() {
    if (malformed().isPresent()) {
      return new OneOf(Set.of());
    }
    var wanted = versions(ifMatch, tag -> tag);
    var unwanted = versions(ifNoneMatch, Preconditions::withoutWeakness);
    if (isAny(ifNoneMatch)) {
      return new OneOf(Set.of()); // a user that is there at all is unwanted
    }
    if (ifMatch.isEmpty() || isAny(ifMatch)) {
      return unwanted.isEmpty() ? new AnyVersion() : new NoneOf(unwanted);
    }
    wanted.removeAll(unwanted);
    return new OneOf(wanted);
  }

  /** Demands them of what is there but has no entity tag, as a list: it matches {@code *} alone. */
  void demandOfUntagged() {
    if (demanded() instanceof OneOf) {
      throw malformed()
          .orElse(
              Problem.of(
                  ProblemType.PRECONDITION_FAILED,
                  "what is at this address is there, and has no entity tag that could match"))
          .raised();
    }
  }

  /** What is told when they aren't met. */
  Problem failure() {
    return malformed().orElseGet(() -> Problem.of(ProblemType.PRECONDITION_FAILED, whatFailed()));
  }

  /** What is told of headers that can't be read. */
  Optional<Problem> malformed() {
    if (!isReadable(ifMatch)) {
      return Optional.of(malformed("If-Match"));
    }
    return isReadable(ifNoneMatch) ? Optional.empty() : Optional.of(malformed("If-None-Match"));
  }

  private String whatFailed() {
    if (isAny(ifNoneMatch)) {
      return "If-None-Match: * allows no change of a user that is there";
    }
    if (ifMatch.stream().anyMatch(value -> value.contains("W/\""))) {
      return "If-Match compares strongly, so a weak tag never matches: send \"1\" for W/\"1\"";
    }
    return "the user is at a version that If-Match or If-None-Match doesn't allow";
  }

  private static Set<Version> versions(List<String> header, UnaryOperator<String> asCompared) {
    return header.isEmpty() || isAny(header)
        ? Set.of()
        : tags(header).stream()
            .map(asCompared)
            .map(VERSION::matcher)
            .filter(tag -> tag.matches())
            .map(tag -> new Version(Long.parseLong(tag.group(1))))
            .collect(Collectors.toCollection(HashSet::new));
  }

  /** Whether {@code If-None-Match} names this entity tag, compared weakly. */
  static boolean noneMatchFails(List<String> header, String current) {
    if (header.isEmpty()) {
      return false;
    }
    if (!isReadable(header)) {
      throw malformed("If-None-Match").raised();
    }
    return isAny(header)
        || tags(header).stream().map(Preconditions::withoutWeakness).anyMatch(current::equals);
  }

  private static String withoutWeakness(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  private static boolean isAny(List<String> header) {
    return header.size() == 1 && header.getFirst().strip().equals("*");
  }

  private static boolean isReadable(List<String> header) {
    return header.isEmpty() || isAny(header) || LIST.matcher(String.join(",", header)).matches();
  }

  private static Problem malformed(String name) {
    return Problem.of(
        ProblemType.MALFORMED_REQUEST,
        name + ": accepted is * or a list of entity tags in double quotes, e.g. \"1\"");
  }

  private static Set<String> tags(List<String> header) {
    return ONE.matcher(String.join(",", header))
        .results()
        .map(tag -> tag.group())
        .collect(Collectors.toSet());
  }
}
