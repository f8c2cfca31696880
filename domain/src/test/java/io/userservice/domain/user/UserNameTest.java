package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.domain.validation.Validated.Valid;
import io.userservice.domain.validation.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"A", "José Álvarez", "山田 太郎", "Ana 🌊", "محمد", "O’Neil-Smith, Jr."})
  void accepts_any_script(String text) {
    assertThat(UserName.parse(text)).isEqualTo(new Valid<>(new UserName(text)));
  }

  @Test
  void is_kept_as_typed_but_for_white_space_at_its_ends() {
    assertThat(UserName.parse("\t Ana  Lima \n")).isEqualTo(new Valid<>(new UserName("Ana  Lima")));
    assertThat(UserName.parse("\u00a0Ana\u00a0Lima\u202f\u3000"))
        .isEqualTo(new Valid<>(new UserName("Ana\u00a0Lima")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', blank",
    "'  ', blank",
    "'\u00a0\u2007', blank",
    "'A\u0000', control_character",
    "'A\nB', control_character"
  })
  void refuses_with_a_reason(String text, String code) {
    assertThat(UserName.parse(text).violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo("/name");
              assertThat(violation.code()).isEqualTo(code);
            });
  }

  @Test
  void tells_all_that_is_wrong() {
    assertThat(UserName.parse("a\u0000".repeat(101)).violations())
        .extracting(Violation::code)
        .containsExactly("too_long", "control_character");
  }

  @Test
  void refuses_a_surrogate_without_its_other_half() {
    assertThat(UserName.parse("Ana \ud83c").violations()).hasSize(1);
  }

  @Test
  void has_at_most_200_characters_however_many_units_they_take() {
    assertThat(UserName.parse("🌊".repeat(200)).violations()).isEmpty();
    assertThat(UserName.parse("🌊".repeat(201)).violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.code()).isEqualTo("too_long"));
    assertThatThrownBy(() -> new UserName("a".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void is_searched_without_regard_to_case() {
    assertThat(new UserName("e\u0301mile").key()).isEqualTo("émile");
    assertThat(new UserName("ÉMILE").key()).isEqualTo("émile");
  }
}
