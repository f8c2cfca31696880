package io.userservice.application.published;

import io.userservice.application.driving.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The documents by which the events are described. They refer to each other by relative paths, so
 * they are to be served as {@code /asyncapi.yaml} and {@code /schemas/<type>.json}.
 */
public final class PublishedLanguage {
  private PublishedLanguage() {}

  /** The AsyncAPI 3.0 document, in YAML. */
  public static String asyncApi() {
    return text("asyncapi.yaml");
  }

  /** The JSON Schema (2020-12) of the payload of an event of this type. */
  public static String schema(EventType type) {
    return text("schemas/" + type.value() + ".json");
  }

  private static String text(String name) {
    try (var resource = PublishedLanguage.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the jar is incomplete: " + name + " is missing");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name, unreadable);
    }
  }
}
