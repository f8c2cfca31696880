package io.userservice.adapter.nats.subscriber;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonParser.Option;
import io.userservice.adapter.nats.subscriber.Difference.AttributeChanged;
import io.userservice.adapter.nats.subscriber.Difference.EmailChanged;
import io.userservice.adapter.nats.subscriber.Difference.NameChanged;
import io.userservice.adapter.nats.subscriber.Difference.OtherChanged;
import io.userservice.adapter.nats.subscriber.Difference.Restored;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Reads the members of a payload, by the parser that jnats brings along. It doesn't keep the order
 * of members, so they are sorted: alike in every run.
 */
final class PayloadReader {
  private static final String ATTRIBUTE = "attributes.";

  private final Map<String, JsonValue> members;

  private PayloadReader(Map<String, JsonValue> members) {
    this.members = members;
  }

  static PayloadReader of(byte[] payload) throws JsonParseException {
    return new PayloadReader(
        object("the payload", value(JsonParser.parse(payload, Option.KEEP_NULLS))));
  }

  String text(String member) {
    return text(member, member(member));
  }

  long number(String member) {
    return number(member, member(member));
  }

  List<Difference> differences() {
    return object("changes", member("changes")).entrySet().stream()
        .map(change -> difference(change.getKey(), object(change.getKey(), change.getValue())))
        .toList();
  }

  private static Difference difference(String field, Map<String, JsonValue> ends) {
    var from = ends.getOrDefault("from", JsonValue.NULL);
    var to = ends.getOrDefault("to", JsonValue.NULL);
    return switch (field) {
      case "email" -> new EmailChanged(text(field, from), text(field, to));
      case "name" -> new NameChanged(text(field, from), text(field, to));
      case "deletedAt" -> new Restored(Instant.ofEpochMilli(number(field, from)));
      default ->
          field.startsWith(ATTRIBUTE)
              ? new AttributeChanged(field.substring(ATTRIBUTE.length()), from, to)
              : new OtherChanged(field, from, to);
    };
  }

  private JsonValue member(String name) {
    var value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": is missing");
    }
    return value;
  }

  private static String text(String name, JsonValue value) {
    if (value instanceof JsonString(var text)) {
      return text;
    }
    throw new IllegalArgumentException(name + ": isn't a string");
  }

  private static long number(String name, JsonValue value) {
    try {
      if (value instanceof JsonNumber(var number)) {
        return number.longValueExact();
      }
    } catch (ArithmeticException _) {
      // said below
    }
    throw new IllegalArgumentException(name + ": isn't an integer of 64 bits");
  }

  private static Map<String, JsonValue> object(String name, JsonValue value) {
    if (value instanceof JsonObject(var members)) {
      return members;
    }
    throw new IllegalArgumentException(name + ": isn't a JSON object");
  }

  private static JsonValue value(io.nats.client.support.JsonValue parsed) {
    return switch (parsed.type) {
      case NULL -> JsonValue.NULL;
      case BOOL -> new JsonBoolean(parsed.bool);
      case STRING -> new JsonString(parsed.string);
      case INTEGER, LONG, FLOAT, DOUBLE, BIG_INTEGER, BIG_DECIMAL ->
          new JsonNumber(new BigDecimal(Objects.toString(parsed.number)));
      case ARRAY -> new JsonArray(parsed.array.stream().map(PayloadReader::value).toList());
      case MAP -> {
        var sorted = new TreeMap<String, JsonValue>();
        parsed.map.forEach((name, member) -> sorted.put(name, value(member)));
        yield new JsonObject(sorted);
      }
    };
  }
}
