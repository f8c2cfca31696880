package io.userservice.domain.user;

import io.userservice.domain.json.JsonMergePatch;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonNull;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.validation.Validated;
import io.userservice.domain.validation.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What an organisation knows of a user beyond e-mail and name. An attribute that is null is an
 * attribute that is absent, so nulls at the top level are dropped. Compared by their value.
 *
 * <p>Those that are stored stay the text that they are until somebody looks into them: a page of
 * users only passes it on, and their values would take twenty times the memory of their text.
 */
public final class Attributes {
  /** Largest size in octets of compact JSON in UTF-8. */
  public static final int MAX_BYTES = 16 * 1024;

  /** Deepest nesting; {@code {}} is level 1. */
  public static final int MAX_DEPTH = 5;

  public static final Attributes NONE = new Attributes(JsonObject.EMPTY);

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String POINTER = "/attributes";

  /** Its text may also be within a name or a string; then they are read for nothing. */
  private static final String NULL = "null";

  private final Supplier<JsonObject> value;
  private final Supplier<JsonText> text;

  public Attributes(JsonObject value) {
    var present = withoutNulls(value);
    this.value = () -> present;
    this.text = present::text;
  }

  private Attributes(JsonText text, Supplier<JsonObject> value) {
    this.value = value;
    this.text = () -> text;
  }

  /**
   * What was written before, as compact JSON.
   *
   * @param reader reads the text, each time that the value is asked for
   */
  public static Attributes stored(JsonText text, Function<JsonText, JsonObject> reader) {
    var present = text.value().contains(NULL) ? withoutNulls(text, reader.apply(text)) : text;
    return new Attributes(present, () -> withoutNulls(reader.apply(text)));
  }

  private static JsonText withoutNulls(JsonText text, JsonObject value) {
    return value.members().containsValue(JsonValue.NULL) ? withoutNulls(value).text() : text;
  }

  private static JsonObject withoutNulls(JsonObject value) {
    if (!value.members().containsValue(JsonValue.NULL)) {
      return value;
    }
    var present = new LinkedHashMap<>(value.members());
    present.values().removeIf(JsonNull.class::isInstance);
    return new JsonObject(present);
  }

  /** Read from the text each time when stored; then it fails as its reader does. */
  public JsonObject value() {
    return value.get();
  }

  /** The value as compact JSON. */
  public JsonText text() {
    return text.get();
  }

  /** Today's policy for attributes that come from outside. */
  public static Validated<Attributes> parse(JsonObject raw) {
    return new Attributes(raw).checked();
  }

  /** RFC 7396 on the attributes; the limits are judged on the result. */
  public Validated<Attributes> merge(JsonObject patch) {
    return new Attributes(JsonMergePatch.apply(value(), patch)).checked();
  }

  Map<String, JsonValue> byKey() {
    return value().members();
  }

  private Validated<Attributes> checked() {
    var found = new ArrayList<Violation>();
    for (var key : byKey().keySet()) {
      if (!KEY.matcher(key).matches()) {
        found.add(
            new Violation(
                Violation.child(POINTER, key),
                "invalid_key",
                "attributes: a key has 1 to 64 of the characters A-Z a-z 0-9 _ -"));
      }
    }
    var depth = value().depth();
    if (depth > MAX_DEPTH) {
      found.add(
          new Violation(
              POINTER,
              "too_deep",
              "attributes: nested %d levels deep, at most %d are accepted"
                  .formatted(depth, MAX_DEPTH)));
    }
    var size = value().octets();
    if (size > MAX_BYTES) {
      found.add(
          new Violation(
              POINTER,
              "too_large",
              "attributes: %d bytes as JSON, at most %d are accepted".formatted(size, MAX_BYTES)));
    }
    return Validated.unless(found, this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes attributes && value().equals(attributes.value());
  }

  @Override
  public int hashCode() {
    return value().hashCode();
  }

  @Override
  public String toString() {
    return "Attributes[" + text() + "]";
  }
}
