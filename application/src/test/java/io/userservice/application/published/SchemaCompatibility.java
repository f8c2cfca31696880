package io.userservice.application.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Whether a schema may follow a released one. What readers were promised must stay: no required
 * member becomes optional, no property goes or has another type. And what is in the stream already
 * must stay valid: nothing that has a schema is constrained further. New properties and patterns of
 * them are free, as long as they aren't required. Keywords that we don't use can't be judged: any
 * difference in them is a break.
 */
final class SchemaCompatibility {
  private static final Set<String> NO_CONSTRAINT =
      Set.of("$schema", "$id", "$comment", "title", "description", "examples", "deprecated");
  private static final Set<String> OF_PROPERTIES = Set.of("properties", "patternProperties");
  private static final Set<String> LEAST = Set.of("minimum", "minLength", "minProperties");
  private static final Set<String> MOST = Set.of("maximum", "maxLength", "maxProperties");

  private final List<String> breaks = new ArrayList<>();

  private SchemaCompatibility() {}

  /** What the later schema breaks, each with where; none when it may follow. */
  static List<String> breaks(JsonNode released, JsonNode later) {
    var comparison = new SchemaCompatibility();
    comparison.schema("", released, later);
    return comparison.breaks;
  }

  private void schema(String where, JsonNode released, JsonNode later) {
    if (released.equals(BooleanNode.FALSE) != later.equals(BooleanNode.FALSE)) {
      breaks.add(where + ": was " + released + " and is " + later);
      return;
    }
    var before = asObject(released);
    var after = asObject(later);
    for (var keyword : keywords(before, after)) {
      keyword(where, keyword, before.path(keyword), after.path(keyword));
    }
  }

  /** The schema {@code true} is the one without keywords. */
  private static JsonNode asObject(JsonNode schema) {
    return schema.equals(BooleanNode.TRUE) ? MissingNode.getInstance() : schema;
  }

  private static Set<String> keywords(JsonNode before, JsonNode after) {
    var names = new TreeSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    names.removeAll(NO_CONSTRAINT);
    return names;
  }

  private void keyword(String where, String keyword, JsonNode before, JsonNode after) {
    if (OF_PROPERTIES.contains(keyword)) {
      properties(where + "/" + keyword, before, after);
    } else if (keyword.equals("required")) {
      required(where, before, after);
    } else if (keyword.equals("additionalProperties") && !before.isMissingNode()) {
      schema(where + "/" + keyword, before, after);
    } else if (!before.equals(after) && !isLooser(keyword, before, after)) {
      breaks.add(where + ": " + keyword + " was " + shown(before) + " and is " + shown(after));
    }
  }

  private void properties(String where, JsonNode before, JsonNode after) {
    before
        .properties()
        .forEach(
            property -> {
              var name = property.getKey();
              if (after.has(name)) {
                schema(where + "/" + name, property.getValue(), after.path(name));
              } else {
                breaks.add(where + ": " + name + " is gone");
              }
            });
  }

  private void required(String where, JsonNode before, JsonNode after) {
    var wasRequired = texts(before);
    var isRequired = texts(after);
    wasRequired.stream()
        .filter(name -> !isRequired.contains(name))
        .forEach(name -> breaks.add(where + ": " + name + " is no longer required"));
    isRequired.stream()
        .filter(name -> !wasRequired.contains(name))
        .forEach(name -> breaks.add(where + ": " + name + " wasn't required"));
  }

  private static boolean isLooser(String keyword, JsonNode before, JsonNode after) {
    if (!before.isNumber() || !after.isNumber()) {
      return false;
    }
    var difference = after.decimalValue().compareTo(before.decimalValue());
    return LEAST.contains(keyword) && difference < 0 || MOST.contains(keyword) && difference > 0;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }
}
