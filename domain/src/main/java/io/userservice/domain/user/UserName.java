package io.userservice.domain.user;

import io.userservice.domain.validation.Validated;
import io.userservice.domain.validation.Violation;
import java.util.ArrayList;

/**
 * What a user is called, as typed: 1–200 characters (Unicode code points), no control characters.
 */
public record UserName(String value) {
  /** Most characters of a name, counted in Unicode code points. */
  public static final int MAX_LENGTH = 200;

  private static final String POINTER = "/name";

  public UserName {
    if (value.isBlank() || length(value) > MAX_LENGTH) {
      throw new IllegalArgumentException("a name has 1 to " + MAX_LENGTH + " characters");
    }
  }

  /** Today's policy for names that come from outside; white space at both ends is dropped. */
  public static Validated<UserName> parse(String raw) {
    var text = WhiteSpace.trim(raw);
    var found = new ArrayList<Violation>();
    if (text.isEmpty()) {
      found.add(
          new Violation(
              POINTER,
              "blank",
              "name: blank, 1 to %d characters are accepted".formatted(MAX_LENGTH)));
    }
    if (length(text) > MAX_LENGTH) {
      found.add(
          new Violation(
              POINTER,
              "too_long",
              "name: %d characters, at most %d are accepted".formatted(length(text), MAX_LENGTH)));
    }
    if (TextKey.hasControlCharacter(text) || TextKey.hasLoneSurrogate(text)) {
      found.add(
          new Violation(
              POINTER,
              "control_character",
              "name: contains a control character, text in one line is accepted"));
    }
    return found.isEmpty() ? Validated.valid(new UserName(text)) : new Validated.Invalid<>(found);
  }

  /** The form by which names are sorted and searched: NFC and case-folded. */
  public String key() {
    return TextKey.of(value);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public String toString() {
    return value;
  }
}
