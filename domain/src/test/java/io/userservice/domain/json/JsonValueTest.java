package io.userservice.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonValueTest {

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "100, 100",
    "1e2, 100",
    "-0, 0",
    "0.000, 0",
    "0e400, 0",
    "12345678901234567890.12345678901234567890, 12345678901234567890.1234567890123456789"
  })
  void a_number_is_kept_exactly_and_written_one_way(String given, String written) {
    assertThat(number(given).text().toString()).isEqualTo(written);
    assertThat(number(given)).isEqualTo(number(written));
  }

  @Test
  void a_number_has_at_most_a_thousand_digits() {
    assertThat(JsonNumber.fits(new BigDecimal("9".repeat(1000)))).isTrue();
    assertThat(JsonNumber.fits(new BigDecimal("0." + "9".repeat(1001)))).isFalse();
    assertThat(JsonNumber.fits(new BigDecimal("1e999"))).isTrue();
    assertThat(JsonNumber.fits(new BigDecimal("1e1000"))).isFalse();
    assertThat(JsonNumber.fits(new BigDecimal("1e-1000"))).isTrue();
    assertThat(JsonNumber.fits(new BigDecimal("1e-1001"))).isFalse();
    assertThat(JsonNumber.fits(new BigDecimal("1e2147483647"))).isFalse();
    assertThat(JsonNumber.fits(new BigDecimal("1e-2147483647"))).isFalse();
    assertThatThrownBy(() -> number("1e1000")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void text_escapes_what_it_must_and_nothing_else() {
    assertThat(new JsonString("\"\\/\b\f\n\r\t\u0000\u001f \u007fä🌊\u2028").text())
        .hasToString("\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f \u007fä🌊\u2028\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "100",
        "-1e3",
        "1e999",
        "-9e-1",
        "0.5",
        "-0.05",
        "1.5",
        "12.5",
        "1e-1000",
        "123.456",
        "99999.99999",
        "-12345678901234567890.12345678901234567890"
      })
  void octets_of_a_number_are_those_of_its_text(String number) {
    assertThat(number(number).octets()).isEqualTo(number(number).text().utf8().length);
  }

  @Test
  void octets_are_those_of_the_text() {
    var string =
        new JsonString("\"\\/\b\f\n\r\t\u0000\u001f \u007f\u0080ä\u07ff\u0800あ🌊\u2028\uffff");
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("z\n", new JsonArray(List.of(JsonNumber.of(1), JsonValue.NULL, string)));
    members.put("ä", new JsonObject(Map.of("b", new JsonBoolean(true))));
    members.put("", new JsonArray(List.of(new JsonBoolean(false))));
    members.put("🌊", JsonObject.EMPTY);
    members.put("[", new JsonArray(List.of()));

    assertThat(string.octets()).isEqualTo(string.text().utf8().length);
    assertThat(new JsonBoolean(true).octets()).isEqualTo("true".length());
    assertThat(new JsonObject(members).octets())
        .isEqualTo(new JsonObject(members).text().utf8().length);
  }

  @Test
  void text_is_compact_and_keeps_the_order_of_members() {
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("z", new JsonArray(List.of(JsonNumber.of(1), JsonValue.NULL)));
    members.put("a", new JsonObject(Map.of("b", new JsonBoolean(true))));
    members.put("\"", JsonObject.EMPTY);

    assertThat(new JsonObject(members).text())
        .hasToString("{\"z\":[1,null],\"a\":{\"b\":true},\"\\\"\":{}}");
  }

  @Test
  void members_keep_the_order_in_which_they_were_given() {
    var members = new LinkedHashMap<String, JsonValue>();
    for (var name : "qwertyuiop".split("")) {
      members.put(name, JsonValue.NULL);
    }

    assertThat(new JsonObject(members).members().keySet())
        .containsExactlyElementsOf(members.keySet());
  }

  @Test
  void the_order_of_members_is_no_difference_that_of_elements_is_one() {
    var ab = new LinkedHashMap<String, JsonValue>();
    ab.put("a", JsonNumber.of(1));
    ab.put("b", JsonNumber.of(2));
    var ba = new LinkedHashMap<String, JsonValue>();
    ba.put("b", JsonNumber.of(2));
    ba.put("a", JsonNumber.of(1));

    assertThat(new JsonObject(ab)).isEqualTo(new JsonObject(ba));
    assertThat(new JsonArray(List.of(JsonNumber.of(1), JsonNumber.of(2))))
        .isNotEqualTo(new JsonArray(List.of(JsonNumber.of(2), JsonNumber.of(1))));
  }

  @Test
  void a_value_does_not_alter_with_what_it_was_made_of() {
    var members = new LinkedHashMap<String, JsonValue>();
    var object = new JsonObject(members);
    members.put("late", JsonValue.NULL);

    assertThat(object).isEqualTo(JsonObject.EMPTY);
    assertThatThrownBy(() -> object.members().put("late", JsonValue.NULL))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void an_object_has_no_member_without_a_name_or_a_value() {
    var nameless = new HashMap<String, JsonValue>();
    nameless.put(null, JsonValue.NULL);
    var valueless = new HashMap<String, JsonValue>();
    valueless.put("a", null);

    for (var one : List.of(nameless, valueless)) {
      assertThatThrownBy(() -> new JsonObject(one)).isInstanceOf(NullPointerException.class);
      one.put("b", JsonValue.NULL);
      assertThatThrownBy(() -> new JsonObject(one)).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void depth_counts_objects_and_arrays() {
    assertThat(JsonNumber.of(1).depth()).isZero();
    assertThat(new JsonArray(List.of()).depth()).isEqualTo(1);
    assertThat(new JsonObject(Map.of("a", new JsonArray(List.of(JsonObject.EMPTY)))).depth())
        .isEqualTo(3);
  }

  private static JsonNumber number(String text) {
    return new JsonNumber(new BigDecimal(text));
  }
}
