package io.userservice.domain.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.domain.validation.Validated.Invalid;
import io.userservice.domain.validation.Validated.Valid;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValidatedTest {
  private static final Validated<String> VALID = Validated.valid("v");

  @Test
  void all_valid_are_combined() {
    assertThat(Validated.all(VALID, VALID, VALID, (a, b, c) -> a + b + c))
        .isEqualTo(new Valid<>("vvv"));
  }

  @Test
  void all_violations_are_told_in_order() {
    assertThat(Validated.all(wrong("/a"), VALID, wrong("/c"), (a, b, c) -> a).violations())
        .extracting(Violation::pointer)
        .containsExactly("/a", "/c");
    assertThat(Validated.all(VALID, wrong("/b"), VALID, (a, b, c) -> a).violations()).hasSize(1);
  }

  @Test
  void only_a_valid_value_is_mapped() {
    assertThat(VALID.map(String::length)).isEqualTo(new Valid<>(1));
    assertThat(wrong("/a").map(String::length).violations()).hasSize(1);
  }

  @Test
  void an_invalid_input_has_a_violation() {
    assertThatThrownBy(() -> new Invalid<>(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_pointer_escapes_the_two_characters_that_have_a_meaning() {
    assertThat(Violation.child("/attributes", "a/b~c")).isEqualTo("/attributes/a~1b~0c");
  }

  private static Validated<String> wrong(String pointer) {
    return Validated.invalid(pointer, "wrong", "wrong");
  }
}
