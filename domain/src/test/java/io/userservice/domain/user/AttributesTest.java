package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.domain.json.JsonText;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.validation.Validated.Valid;
import io.userservice.domain.validation.Violation;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributesTest {

  @Test
  void an_attribute_that_is_null_is_absent() {
    assertThat(Attributes.parse(object("team", JsonValue.NULL)))
        .isEqualTo(new Valid<>(Attributes.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a.b", "ä", "a/b", "~"})
  void a_key_is_of_a_few_characters(String key) {
    assertThat(Attributes.parse(object(key, JsonNumber.of(1))).violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.code()).isEqualTo("invalid_key");
              assertThat(violation.pointer()).isEqualTo(Violation.child("/attributes", key));
            });
  }

  @Test
  void a_key_has_at_most_64_characters() {
    assertThat(Attributes.parse(object("k".repeat(64), JsonNumber.of(1))).violations()).isEmpty();
    assertThat(Attributes.parse(object("k".repeat(65), JsonNumber.of(1))).violations()).hasSize(1);
  }

  @Test
  void keys_deeper_down_are_free() {
    var inner = object("any key, änd more", JsonNumber.of(1));

    assertThat(Attributes.parse(object("a", inner)).violations()).isEmpty();
  }

  @Test
  void nest_at_most_five_levels_the_whole_being_the_first() {
    assertThat(Attributes.parse(nested(5)).violations()).isEmpty();
    assertThat(Attributes.parse(nested(6)).violations())
        .extracting(Violation::code)
        .containsExactly("too_deep");
  }

  @Test
  void take_at_most_16_kib_of_utf_8() {
    var frame = object("a", new JsonString("")).text().utf8().length;
    var most = Attributes.MAX_BYTES - frame;

    assertThat(Attributes.parse(object("a", new JsonString("x".repeat(most)))).violations())
        .isEmpty();
    assertThat(Attributes.parse(object("a", new JsonString("x".repeat(most + 1)))).violations())
        .extracting(Violation::code)
        .containsExactly("too_large");
    assertThat(Attributes.parse(object("a", new JsonString("ä".repeat(most / 2 + 1)))).violations())
        .extracting(Violation::code)
        .containsExactly("too_large");
  }

  /** Written out, these would take two hundred megabytes. */
  @Test
  void are_measured_without_being_written() {
    JsonValue large = new JsonNumber(new BigDecimal("1e999"));
    var many = new JsonArray(Collections.nCopies(200_000, large));

    assertThat(Attributes.parse(object("a", many)).violations())
        .extracting(Violation::detail)
        .containsExactly("attributes: 200200007 bytes as JSON, at most 16384 are accepted");
  }

  @Test
  void limits_are_judged_on_what_a_patch_makes_of_them() {
    var half = new JsonString("x".repeat(Attributes.MAX_BYTES / 2));
    var current = new Attributes(object("a", half));

    assertThat(current.merge(object("a", half)).violations()).isEmpty();
    assertThat(current.merge(object("b", half)).violations())
        .extracting(Violation::code)
        .containsExactly("too_large");
  }

  @Test
  void tell_all_that_is_wrong_at_once() {
    assertThat(Attributes.parse(object("a b", nested(6))).violations())
        .extracting(Violation::code)
        .containsExactly("invalid_key", "too_deep");
  }

  @Test
  void that_are_stored_are_the_text_that_they_were_and_read_only_when_looked_into() {
    var readings = new AtomicInteger();
    var stored =
        Attributes.stored(
            new JsonText("{\"a\":1}"),
            _ -> {
              readings.incrementAndGet();
              return object("a", JsonNumber.of(1));
            });

    assertThat(stored.text()).isEqualTo(new JsonText("{\"a\":1}"));
    assertThat(stored).hasToString("Attributes[{\"a\":1}]");
    assertThat(readings).hasValue(0);
    assertThat(stored.value()).isEqualTo(object("a", JsonNumber.of(1)));
    assertThat(readings).hasValue(1);
  }

  @Test
  void that_are_stored_have_no_nulls_either() {
    var stored = Attributes.stored(new JsonText("{\"a\":null}"), _ -> object("a", JsonValue.NULL));

    assertThat(stored.text()).isEqualTo(new JsonText("{}"));
    assertThat(stored.value()).isEqualTo(JsonObject.EMPTY);
  }

  @Test
  void that_are_stored_with_nulls_deeper_down_are_not_kept_as_values_either() {
    var readings = new AtomicInteger();
    var text = new JsonText("{\"a\":{\"b\": null}}");
    var stored =
        Attributes.stored(
            text,
            _ -> {
              readings.incrementAndGet();
              return object("a", object("b", JsonValue.NULL));
            });

    assertThat(stored.text()).isSameAs(text);
    assertThat(readings).hasValue(1);
    assertThat(stored.value()).isEqualTo(object("a", object("b", JsonValue.NULL)));
    assertThat(readings).hasValue(2);
  }

  @Test
  void are_compared_by_value_wherever_they_come_from() {
    var made = new Attributes(object("a", JsonNumber.of(1)));
    var stored =
        Attributes.stored(new JsonText("{\"a\": 1.0}"), _ -> object("a", JsonNumber.of(1)));

    assertThat(stored).isEqualTo(made).hasSameHashCodeAs(made).isNotEqualTo(Attributes.NONE);
    assertThat(made.hashCode()).isNotEqualTo(Attributes.NONE.hashCode());
    assertThat(made).isNotEqualTo(new Object());
  }

  private static JsonObject nested(int levels) {
    return levels == 1 ? JsonObject.EMPTY : object("a", nested(levels - 1));
  }

  private static JsonObject object(String key, JsonValue value) {
    return new JsonObject(Map.of(key, value));
  }
}
