package io.userservice.domain.validation;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with an input.
 *
 * @param pointer where: a JSON Pointer (RFC 6901) into the input, e.g. {@code /attributes/team}
 * @param code a stable word for programs, e.g. {@code too_long}
 * @param detail a sentence for people: what is wrong with the value and what is accepted
 */
public record Violation(String pointer, String code, String detail) {
  public Violation {
    requireNonNull(pointer);
    requireNonNull(code);
    requireNonNull(detail);
  }

  /** A pointer with one more member name at its end, escaped as RFC 6901 section 3 demands. */
  public static String child(String pointer, String member) {
    return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
  }
}
