package io.userservice.adapter.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas of the document (JSON Schema 2020-12). Stricter than what clients are promised: they
 * must bear members that the document doesn't name, but we don't send any.
 */
final class Schemas {
  private static final String ADDRESS = "https://user-service.invalid/openapi.json";

  private final SchemaRegistry registry;
  private final Map<String, Schema> known = new ConcurrentHashMap<>();

  Schemas(JsonNode document) {
    var closed = document.deepCopy();
    close(closed);
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(ADDRESS, closed.toString())));
  }

  /** What is wrong with the value by the schema at this place. */
  List<String> errors(Place schema, String json) {
    return known
        .computeIfAbsent(schema.pointer(), this::compiled)
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(error -> error.toString())
        .toList();
  }

  private Schema compiled(String pointer) {
    try {
      var fragment = new URI(null, null, pointer).getRawFragment();
      return registry.getSchema(SchemaLocation.of(ADDRESS + "#" + fragment));
    } catch (URISyntaxException e) {
      throw new AssertionError(pointer, e);
    }
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Schemas::close);
  }
}
