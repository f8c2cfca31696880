package io.userservice.application.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.RecordedPayloads;
import io.userservice.application.driving.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of today against those that were released. */
final class SchemaCompatibilityTest {
  private static final String BEFORE =
      """
      {"type":"object","required":["a","b"],"minProperties":1,
       "properties":{"a":{"type":"string","maxLength":5},"b":{"type":"integer"},"c":true},
       "patternProperties":{"^x":{"type":"object","required":["from"]}},
       "additionalProperties":{"type":"object"}}
      """;

  static List<String> releases() {
    return PayloadSchema.releases();
  }

  @Test
  void the_first_release_is_among_them() {
    assertThat(releases()).contains("1.0");
  }

  @ParameterizedTest
  @MethodSource("releases")
  void the_schemas_of_today_may_follow_the_released_ones(String release) {
    assertThat(EventType.values())
        .allSatisfy(
            type ->
                assertThat(
                        SchemaCompatibility.breaks(
                            PayloadSchema.released(release, type).document(),
                            PayloadSchema.of(type).document()))
                    .isEmpty());
  }

  @ParameterizedTest
  @MethodSource("releases")
  void what_is_published_today_is_valid_under_the_released_schemas(String release) {
    assertThat(RecordedPayloads.all())
        .allSatisfy(
            event ->
                assertThat(
                        PayloadSchema.released(release, event.type())
                            .errors(event.payload().value()))
                    .isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "required":["a","b"]  | "required":["a"]               | : b is no longer required
          "required":["a","b"]  | "required":["a","b","c"]       | : c wasn't required
          "b":{"type":"integer"}, |                              | /properties: b is gone
          {"type":"integer"}    | {"type":"number"}              | /properties/b: type was "integer" and is "number"
          {"type":"integer"}    | {"type":["integer","null"]}    | /properties/b: type was "integer" and is ["integer","null"]
          {"type":"integer"}    | {}                             | /properties/b: type was "integer" and is absent
          {"type":"integer"}    | {"type":"integer","minimum":0} | /properties/b: minimum was absent and is 0
          "maxLength":5         | "maxLength":4                  | /properties/a: maxLength was 5 and is 4
          "minProperties":1     | "minProperties":2              | : minProperties was 1 and is 2
          "c":true              | "c":{"type":"string"}          | /properties/c: type was absent and is "string"
          "c":true              | "c":false                      | /properties/c: was true and is false
          "required":["from"]   | "required":["from","to"]       | /patternProperties/^x: to wasn't required
          "^x"                  | "^y"                           | /patternProperties: ^x is gone
          {"type":"object"}}    | false}                         | /additionalProperties: was {"type":"object"} and is false
          {"type":"object"}}    | {"type":"object"},"not":{}}    | : not was absent and is {}
          """)
  void a_break_is_found(String part, String instead, String found) {
    var after = BEFORE.replace(part, instead == null ? "" : instead);
    assertThat(after).isNotEqualTo(BEFORE);

    assertThat(SchemaCompatibility.breaks(PayloadSchema.tree(BEFORE), PayloadSchema.tree(after)))
        .containsExactly(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "c":true           | "c":true,"d":{"type":"string"}
          "maxLength":5      | "maxLength":6
          "minProperties":1  | "minProperties":0
          "c":true           | "c":{"description":"anything"}
          {"type":"integer"} | {"title":"a count","type":"integer"}
          """)
  void what_breaks_nothing_is_let_pass(String part, String instead) {
    var after = BEFORE.replace(part, instead);
    assertThat(after).isNotEqualTo(BEFORE);

    assertThat(SchemaCompatibility.breaks(PayloadSchema.tree(BEFORE), PayloadSchema.tree(after)))
        .isEmpty();
  }
}
