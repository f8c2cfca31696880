package io.userservice.domain.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The test cases of RFC 7396, appendix A, in its order. */
final class JsonMergePatchTest {
  private static final JsonValue A = string("a");
  private static final JsonValue B = string("b");
  private static final JsonValue C = string("c");

  @ParameterizedTest
  @MethodSource("appendixA")
  void the_cases_of_the_rfc_hold(JsonValue original, JsonValue patch, JsonValue result) {
    assertThat(JsonMergePatch.apply(original, patch)).isEqualTo(result);
  }

  static Stream<Arguments> appendixA() {
    var nil = JsonValue.NULL;
    return Stream.of(
        Arguments.of(object("a", B), object("a", C), object("a", C)),
        Arguments.of(object("a", B), object("b", C), object("a", B, "b", C)),
        Arguments.of(object("a", B), object("a", nil), object()),
        Arguments.of(object("a", B, "b", C), object("a", nil), object("b", C)),
        Arguments.of(object("a", array(B)), object("a", C), object("a", C)),
        Arguments.of(object("a", C), object("a", array(B)), object("a", array(B))),
        Arguments.of(
            object("a", object("b", C)),
            object("a", object("b", string("d"), "c", nil)),
            object("a", object("b", string("d")))),
        Arguments.of(
            object("a", array(object("b", C))),
            object("a", array(number(1))),
            object("a", array(number(1)))),
        Arguments.of(array(A, B), array(C, string("d")), array(C, string("d"))),
        Arguments.of(object("a", B), array(C), array(C)),
        Arguments.of(object("a", string("foo")), nil, nil),
        Arguments.of(object("a", string("foo")), string("bar"), string("bar")),
        Arguments.of(object("e", nil), object("a", number(1)), object("e", nil, "a", number(1))),
        Arguments.of(array(number(1), number(2)), object("a", B, "c", nil), object("a", B)),
        Arguments.of(
            object(),
            object("a", object("bb", object("ccc", nil))),
            object("a", object("bb", object()))));
  }

  private static JsonValue string(String value) {
    return new JsonString(value);
  }

  private static JsonValue number(long value) {
    return JsonNumber.of(value);
  }

  private static JsonValue array(JsonValue... values) {
    return new JsonArray(List.of(values));
  }

  private static JsonValue object(Object... namesAndValues) {
    var members = new LinkedHashMap<String, JsonValue>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], (JsonValue) namesAndValues[i + 1]);
    }
    return new JsonObject(members);
  }
}
