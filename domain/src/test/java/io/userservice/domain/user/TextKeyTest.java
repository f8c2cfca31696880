package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextKeyTest {

  @ParameterizedTest
  @CsvSource({
    "ANA, ana",
    "straße, strasse",
    "STRASSE, strasse",
    "STRAẞE, strasse",
    "Σίσυφος, σίσυφοσ",
    "ΣΊΣΥΦΟΣ, σίσυφοσ",
    "ŒUVRE ﬁ, œuvre fi",
    "jose\u0301, jos\u00e9",
    "JOSE\u0301, jos\u00e9",
    "\u212a, k",
    "İ, i\u0307",
    "ILIK, ilik",
    "ılık, ılık",
    "ıΣ ẞı, ıσ ssı"
  })
  void is_the_text_folded(String text, String key) {
    assertThat(TextKey.of(text)).isEqualTo(key);
  }

  /** It has a shorter way. */
  @Test
  void of_ascii_is_the_same_beside_a_letter_that_isnt() {
    assertThat(
            characters().limit(0x81).filter(c -> !TextKey.of(c + "é").equals(TextKey.of(c) + "é")))
        .isEmpty();
  }

  @Test
  void of_a_key_is_the_key_itself() {
    assertThat(characters().map(TextKey::of).filter(key -> !TextKey.of(key).equals(key))).isEmpty();
  }

  /** For but two letters; in Turkish alone each is the case of one of the common ones. */
  @Test
  void is_that_of_the_text_in_another_case() {
    assertThat(
            characters()
                .filter(c -> !"İı".contains(c))
                .filter(
                    c ->
                        !TextKey.of(c.toUpperCase(Locale.ROOT)).equals(TextKey.of(c))
                            || !TextKey.of(c.toLowerCase(Locale.ROOT)).equals(TextKey.of(c))))
        .isEmpty();
  }

  private static Stream<String> characters() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .mapToObj(Character::toString);
  }
}
