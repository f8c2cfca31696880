package io.userservice.domain.user;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/** The form of a text by which it is compared, sorted and searched: NFC and case-folded. */
public final class TextKey {
  private TextKey() {}

  /**
   * Folds case by way of upper case, so that {@code ß} and {@code ss}, or the two lower-case
   * sigmas, are one; lower-casing can denormalise, hence NFC at both ends.
   */
  public static String of(String text) {
    var folded =
        Normalizer.normalize(text, Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded.replace('ς', 'σ'), Form.NFC);
  }

  static boolean hasControlCharacter(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL);
  }

  static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }
}
