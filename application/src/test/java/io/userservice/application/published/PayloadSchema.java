package io.userservice.application.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.userservice.application.driving.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A schema of an event, as a validator of JSON Schema 2020-12 sees it; formats are held too. */
public final class PayloadSchema {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final Schema schema;

  private PayloadSchema(JsonNode document) {
    this.document = document;
    this.schema = REGISTRY.getSchema(document.toString(), InputFormat.JSON);
  }

  /** The one that is published now. */
  public static PayloadSchema of(EventType type) {
    return new PayloadSchema(tree(PublishedLanguage.schema(type)));
  }

  /** What every schema must obey. */
  static PayloadSchema schemaOfSchemas() {
    return new PayloadSchema(
        tree("{\"$ref\":\"" + SpecificationVersion.DRAFT_2020_12.getDialectId() + "\"}"));
  }

  /** The names of all releases. */
  static List<String> releases() {
    try (var folders = Files.list(Path.of(resource("released").toURI()))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .toList();
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(PayloadSchema.class.getResource(name), name);
  }

  /** The one of an earlier release. */
  static PayloadSchema released(String release, EventType type) {
    var name = "released/" + release + "/" + type.value() + ".json";
    try (var resource = PayloadSchema.class.getResourceAsStream(name)) {
      return new PayloadSchema(JSON.readTree(Objects.requireNonNull(resource, name)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Stricter than readers should be: nothing may be there that isn't named. */
  public PayloadSchema closed() {
    var copy = document.deepCopy();
    close(copy);
    return new PayloadSchema(copy);
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("properties").isObject()) {
      object.put("additionalProperties", false);
    }
    node.forEach(PayloadSchema::close);
  }

  JsonNode document() {
    return document;
  }

  /** What is wrong with the payload. */
  public List<String> errors(String payload) {
    return schema
        .validate(
            payload,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}
