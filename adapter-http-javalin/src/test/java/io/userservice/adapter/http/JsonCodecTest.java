package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.application.testkit.Users;
import io.userservice.domain.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class JsonCodecTest {

  /** The parser's own table of names, meant to save memory, refuses so many. */
  @Test
  void names_of_one_hash_are_names_like_others() {
    var json =
        Users.namesOfOneHash(729).stream()
            .map("\"%s\":1"::formatted)
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(parse(json).value().text()).hasToString(json);
  }

  @Test
  void names_on_the_way_to_a_value_are_as_long_together_as_one_may_be() {
    var half = "n".repeat(8 * 1024);

    assertThat(parse("{\"%s\":{\"%s\":1}}".formatted(half, half)).found()).isEmpty();
    assertThat(parse("{\"%s\":1,\"%s\":1,\"a\":1}".formatted(half, half + "o")).found()).isEmpty();
    assertThatThrownBy(() -> parse("{\"%s\":{\"%s\":{\"o\":1}}}".formatted(half, half)))
        .isInstanceOfSatisfying(
            Problem.Raised.class,
            raised ->
                assertThat(raised.problem().errors())
                    .extracting(Violation::code)
                    .containsExactly("name_too_long"));
  }

  @Test
  void pointers_to_what_was_found_have_so_many_characters_together_and_the_rest_is_left_unread() {
    var name = "n".repeat(16 * 1024);
    var numbers = String.join(",", Collections.nCopies(100, "1e9999"));

    assertThatThrownBy(() -> parse("{\"%s\":[%s]}".formatted(name, numbers)))
        .isInstanceOfSatisfying(
            Problem.Raised.class, raised -> assertThat(raised.problem().errors()).hasSize(4));
  }

  private static JsonCodec.Parsed parse(String json) {
    return JsonCodec.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
