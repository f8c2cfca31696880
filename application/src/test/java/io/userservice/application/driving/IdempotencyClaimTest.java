package io.userservice.application.driving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyClaimTest {

  @ParameterizedTest
  @ValueSource(strings = {"!", "~", "a-b_c", "0"})
  void visible_ascii_is_a_key(String key) {
    assertThat(IdempotencyClaim.isValidKey(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\u007f", "ä", "a\n"})
  void anything_else_is_none(String key) {
    assertThat(IdempotencyClaim.isValidKey(key)).isFalse();
    assertThatThrownBy(() -> new IdempotencyClaim(key, "f"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 255 visible ASCII characters");
  }

  @Test
  void a_key_has_255_characters_at_most() {
    assertThat(IdempotencyClaim.isValidKey("k".repeat(255))).isTrue();
    assertThat(IdempotencyClaim.isValidKey("k".repeat(256))).isFalse();
  }
}
