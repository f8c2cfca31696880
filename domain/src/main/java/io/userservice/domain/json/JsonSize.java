package io.userservice.domain.json;

import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNull;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.Collection;

/** What {@link JsonWriter} would write, counted in octets of UTF-8. */
final class JsonSize {
  private JsonSize() {}

  static long of(JsonValue value) {
    return switch (value) {
      case JsonNull _ -> "null".length();
      case JsonBoolean(var flag) -> flag ? "true".length() : "false".length();
      case JsonNumber(var number) -> number(number);
      case JsonString(var string) -> string(string);
      case JsonArray(var values) -> framed(values);
      case JsonObject(var members) ->
          framed(members.values())
              + members.keySet().stream().mapToLong(name -> string(name) + ":".length()).sum();
    };
  }

  /** With the brackets, and the commas between. */
  private static long framed(Collection<JsonValue> values) {
    var commas = Math.max(0, values.size() - 1);
    return "[]".length() + commas + values.stream().mapToLong(JsonSize::of).sum();
  }

  private static long number(BigDecimal number) {
    var sign = number.signum() < 0 ? 1 : 0;
    var digits = number.precision();
    var scale = number.scale();
    if (scale <= 0) {
      return sign + digits - scale; // with zeros behind
    }
    return sign + ".".length() + Math.max(digits, scale + 1); // with zeros before, if any
  }

  private static long string(String string) {
    return "\"\"".length() + string.chars().mapToLong(JsonSize::character).sum();
  }

  private static int character(int c) {
    if (c < 0x20) {
      return c == '\n' || c == '\r' || c == '\t' ? 2 : "\\u0000".length();
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3; // half of the four of a pair
  }
}
