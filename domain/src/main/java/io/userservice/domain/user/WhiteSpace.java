package io.userservice.domain.user;

/** White space as Unicode has it: no-break spaces are invisible too. */
final class WhiteSpace {
  private WhiteSpace() {}

  /** The text without white space at both ends. */
  static String trim(String text) {
    var from = 0;
    var to = text.length();
    while (from < to && is(text.charAt(from))) {
      from++;
    }
    while (from < to && is(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Neither of the JDK's two notions has all of it; and all of it is in the basic plane. */
  static boolean is(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
