package io.userservice.domain.user;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The form of a text by which it is compared, sorted and searched: NFC and case-folded. */
public final class TextKey {
  private TextKey() {}

  /**
   * Folds case by way of upper case, so that {@code ß} and {@code ss}, or the two lower-case
   * sigmas, are one; lower-casing can denormalise, hence NFC at both ends. As in Unicode's own
   * folding (CaseFolding.txt), {@code ẞ} is one with them, though it is its own upper case, and
   * {@code ı} isn't one with {@code i}, though they share theirs.
   */
  public static String of(String text) {
    if (isAscii(text)) { // as most are; below it would be the same, and take many times as long
      return text.toLowerCase(Locale.ROOT);
    }
    var composed = Normalizer.normalize(text, Form.NFC).replace("ẞ", "ss");
    var folded = upperCase(composed).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded.replace('ς', 'σ'), Form.NFC);
  }

  /** All but the dotless i. */
  private static String upperCase(String text) {
    return Arrays.stream(text.split("ı", -1))
        .map(part -> part.toUpperCase(Locale.ROOT))
        .collect(Collectors.joining("ı"));
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  static boolean hasControlCharacter(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL);
  }

  static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }
}
