package io.userservice.adapter.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.Attributes;
import io.userservice.domain.validation.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON (RFC 8259) strictly, following the advice of RFC 7493 (I-JSON): UTF-8 and nothing
 * else, no duplicate members, no lone surrogates, no text behind the value, numbers exactly or not
 * at all.
 */
final class JsonCodec {
  /** Deeper than anything that is accepted further in, and far from what a stack can bear. */
  private static final int MAX_DEPTH = 64;

  /** The longest way to write a number that fits, with room for sign, point and exponent. */
  private static final int MAX_NUMBER_LENGTH = 2 * JsonNumber.MAX_DIGITS + 20;

  /**
   * No member can have a longer name, with those that it is in, for then all attributes together
   * were too large.
   */
  private static final int MAX_NAME_LENGTH = Attributes.MAX_BYTES;

  /** Far more than what is accepted can have; each takes many times of what its text does. */
  private static final int MAX_VALUES = 64 * 1024;

  /** Most findings before the rest is left unread. */
  private static final int MAX_FOUND = 100;

  /** And most characters of their pointers: each may be as long as all names that it leads by. */
  private static final int MAX_POINTERS = 64 * 1024;

  /** The one factory; virtual threads come and go, so its buffers don't hang on threads. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          // A table of all names that ever were would be the senders' to fill: with names that
          // share a place in it, well-formed JSON is refused.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 1)
                  .maxNumberLength(RequestBody.MAX_BYTES)
                  .maxNameLength(RequestBody.MAX_BYTES)
                  .maxStringLength(RequestBody.MAX_BYTES)
                  .build())
          .build();

  private final JsonParser parser;
  private final List<Violation> found = new ArrayList<>();

  /** Where the parser is: member names and array indexes. */
  private final ArrayDeque<Object> path = new ArrayDeque<>();

  /** Characters of the names on the path. */
  private int names;

  /** Characters of the pointers of what was found. */
  private int pointers;

  private int values;

  private JsonCodec(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * What a body holds, and what of it isn't as it should be; there the value has a stand-in, so
   * that the rest can be looked through for more.
   */
  record Parsed(JsonValue value, List<Violation> found) {}

  /**
   * Reads a body.
   *
   * @throws Problem.Raised 400 when there is no JSON in it, or so much wrong that it isn't read on
   */
  static Parsed parse(byte[] body) {
    try (var parser = FACTORY.createParser(text(body))) {
      var codec = new JsonCodec(parser);
      return codec.document();
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory doesn't fail
    }
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException _) {
      throw Problem.invalid("", "not_utf8", "body: not UTF-8").raised();
    }
  }

  private static Problem.Raised malformed(JsonProcessingException e) {
    var where =
        Optional.ofNullable(e.getLocation())
            .map(at -> " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
            .orElse("");
    return Problem.invalid("", "malformed_json", "body: not well-formed JSON" + where).raised();
  }

  private Parsed document() throws IOException {
    if (parser.nextToken() == null) {
      throw Problem.invalid("", "malformed_json", "body: empty, JSON is accepted").raised();
    }
    var value = value();
    if (parser.nextToken() != null) {
      note("trailing_text", "text behind the JSON value");
    }
    return new Parsed(value, found);
  }

  private JsonValue value() throws IOException {
    if (++values > MAX_VALUES) {
      throw refused("too_many_values", "more than %d values".formatted(MAX_VALUES));
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> string();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> JsonValue.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("not the start of a value: " + parser.currentToken());
    };
  }

  private JsonObject object() throws IOException {
    demandDepth();
    var members = new LinkedHashMap<String, JsonValue>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      member(members);
    }
    return new JsonObject(members);
  }

  private void member(Map<String, JsonValue> members) throws IOException {
    var name = name();
    path.addLast(name);
    names += name.length();
    parser.nextToken();
    if (members.put(name, value()) != null) {
      note("duplicate_member", "a member is given twice");
    }
    names -= name.length();
    path.removeLast();
  }

  private String name() throws IOException {
    var name = parser.currentName();
    if (names + name.length() > MAX_NAME_LENGTH) {
      throw refused(
          "name_too_long",
          "a member's name, with those that it is in, has more than %d characters"
              .formatted(MAX_NAME_LENGTH));
    }
    return name; // without lone surrogates: in names, unlike in values, the parser refuses them
  }

  private JsonArray array() throws IOException {
    demandDepth();
    var values = new ArrayList<JsonValue>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      path.addLast(values.size());
      values.add(value());
      path.removeLast();
    }
    return new JsonArray(values);
  }

  private void demandDepth() {
    if (path.size() == MAX_DEPTH) {
      throw refused("too_deep", "nested deeper than %d levels".formatted(MAX_DEPTH));
    }
  }

  private JsonString string() throws IOException {
    var text = parser.getText();
    if (hasLoneSurrogate(text)) {
      note("lone_surrogate", "half of a surrogate pair is no character");
      return new JsonString(
          new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
    return new JsonString(text);
  }

  private JsonNumber number() throws IOException {
    var number = exact(parser.getText());
    if (number.isEmpty()) {
      note(
          "number_out_of_range",
          "a number with more than %d digits can't be kept exactly"
              .formatted(JsonNumber.MAX_DIGITS));
    }
    return number.orElseGet(() -> JsonNumber.of(0));
  }

  private void note(String code, String detail) {
    var violation = violation(code, detail);
    found.add(violation);
    pointers += violation.pointer().length();
    if (found.size() == MAX_FOUND || pointers > MAX_POINTERS) {
      throw Problem.invalid(found).raised();
    }
  }

  private Problem.Raised refused(String code, String detail) {
    found.add(violation(code, detail));
    return Problem.invalid(found).raised();
  }

  /** The pointer is made only here: one for each value would cost more than reading them. */
  private Violation violation(String code, String detail) {
    var pointer = "";
    for (var segment : path) {
      pointer = Violation.child(pointer, segment.toString());
    }
    return new Violation(pointer, code, "body: " + detail);
  }

  private static Optional<JsonNumber> exact(String text) {
    if (text.length() > MAX_NUMBER_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text)).filter(JsonNumber::fits).map(JsonNumber::new);
    } catch (NumberFormatException _) {
      return Optional.empty(); // an exponent beyond all bounds
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
