package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TenantIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "acme", "!\"#~", "urn:tenant:42"})
  void is_of_visible_ascii_characters(String text) {
    assertThat(new TenantId(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\t", "ä", "a\u007f", "a\u0000"})
  void has_no_others(String text) {
    assertThatThrownBy(() -> new TenantId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void has_at_most_128_of_them() {
    assertThat(TenantId.isValid("t".repeat(128))).isTrue();
    assertThat(TenantId.isValid("t".repeat(129))).isFalse();
  }
}
