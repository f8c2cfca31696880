package io.userservice.domain.json;

import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNull;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;

/** Values to compact JSON text; escapes what RFC 8259 section 7 demands and nothing else. */
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  static String write(JsonValue value) {
    var writer = new JsonWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private void value(JsonValue value) {
    switch (value) {
      case JsonNull _ -> out.append("null");
      case JsonBoolean(var flag) -> out.append(flag);
      case JsonNumber(var number) -> out.append(number.toPlainString());
      case JsonString(var string) -> string(string);
      case JsonArray array -> array(array);
      case JsonObject object -> object(object);
    }
  }

  private void array(JsonArray array) {
    out.append('[');
    var separator = "";
    for (var value : array.values()) {
      out.append(separator);
      value(value);
      separator = ",";
    }
    out.append(']');
  }

  private void object(JsonObject object) {
    out.append('{');
    var separator = "";
    for (var member : object.members().entrySet()) {
      out.append(separator);
      string(member.getKey());
      out.append(':');
      value(member.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void string(String string) {
    out.append('"');
    var plain = 0;
    for (var i = 0; i < string.length(); i++) {
      if (isEscaped(string.charAt(i))) {
        out.append(string, plain, i);
        escape(string.charAt(i));
        plain = i + 1;
      }
    }
    out.append(string, plain, string.length()).append('"');
  }

  private static boolean isEscaped(char c) {
    return c < 0x20 || c == '"' || c == '\\';
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
  }
}
