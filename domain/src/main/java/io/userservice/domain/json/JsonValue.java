package io.userservice.domain.json;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value (RFC 8259), immutable and compared by value: the order of an object's members is
 * kept but is no difference, and {@code 1.0} is the number {@code 1}.
 */
public sealed interface JsonValue {

  /** The literal {@code null}. */
  record JsonNull() implements JsonValue {}

  /** The literals {@code true} and {@code false}. */
  record JsonBoolean(boolean value) implements JsonValue {}

  /**
   * A number, kept exactly and normalised: without trailing zeros, so that equal numbers are equal
   * values whichever way a client wrote them.
   */
  record JsonNumber(BigDecimal value) implements JsonValue {
    /** Most digits that a number may have when written out without an exponent. */
    public static final int MAX_DIGITS = 1_000;

    public JsonNumber {
      if (!fits(value)) {
        throw new IllegalArgumentException("a number has at most " + MAX_DIGITS + " digits");
      }
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    public static JsonNumber of(long value) {
      return new JsonNumber(BigDecimal.valueOf(value));
    }

    /** Whether the number, written out without an exponent, stays within {@link #MAX_DIGITS}. */
    public static boolean fits(BigDecimal value) {
      return value.precision() <= MAX_DIGITS
          && Math.abs((long) value.scale()) <= MAX_DIGITS
          && (long) value.precision() - value.scale() <= MAX_DIGITS;
    }
  }

  /** A string. */
  record JsonString(String value) implements JsonValue {
    public JsonString {
      requireNonNull(value);
    }
  }

  /** An array. */
  record JsonArray(List<JsonValue> values) implements JsonValue {
    public JsonArray {
      values = List.copyOf(values);
    }
  }

  /** An object; members keep the order in which they were given. */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    public JsonObject {
      var copy = new LinkedHashMap<String, JsonValue>(members);
      copy.forEach(
          (name, value) -> {
            requireNonNull(name);
            requireNonNull(value);
          });
      // Thousands of small ones in a small text are to take little memory.
      members = copy.size() <= 1 ? Map.copyOf(copy) : Collections.unmodifiableMap(copy);
    }
  }

  /** The one JSON null that is needed. */
  JsonNull NULL = new JsonNull();

  /** How deep objects and arrays are nested: 0 for a scalar, 1 for {@code {}} and {@code []}. */
  default int depth() {
    return switch (this) {
      case JsonArray(var values) -> 1 + values.stream().mapToInt(JsonValue::depth).max().orElse(0);
      case JsonObject(var members) ->
          1 + members.values().stream().mapToInt(JsonValue::depth).max().orElse(0);
      case JsonNull _, JsonBoolean _, JsonNumber _, JsonString _ -> 0;
    };
  }

  /**
   * How many octets {@link #text()} has in UTF-8. Counted without writing it: {@code 1e999} has a
   * thousand digits.
   */
  default long octets() {
    return JsonSize.of(this);
  }

  /** The value as compact JSON text. */
  default JsonText text() {
    return new JsonText(JsonWriter.write(this));
  }
}
