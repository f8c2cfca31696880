package io.userservice.adapter.http.docs;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.userservice.application.driving.EventType;
import io.userservice.application.published.PublishedLanguage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The service's documentation. Its content is loaded when it is first asked for, so that a start
 * doesn't wait for it. May be used by any number of threads.
 */
public final class Documentation {
  /** The OpenAPI document as it was written. */
  public Content yaml() {
    return Document.YAML;
  }

  /** The same document as JSON. */
  public Content json() {
    return Document.JSON;
  }

  /** The AsyncAPI document as it was written. */
  public Content asyncApiYaml() {
    return Events.YAML;
  }

  /** The same document as JSON. */
  public Content asyncApiJson() {
    return Events.JSON;
  }

  /** The JSON Schema of the event of this type. */
  public Content schema(EventType type) {
    return Events.SCHEMAS.get(type);
  }

  /** The page on which one reads and tries the API. */
  public Content page() {
    return Page.HTML;
  }

  /**
   * A part of the page.
   *
   * @param edition what the page calls its parts together; another one when a part has changed
   */
  public Optional<Content> part(String edition, String file) {
    return edition.equals(Page.EDITION)
        ? Optional.ofNullable(Page.PARTS.get(file))
        : Optional.empty();
  }

  private static final class Document {
    static final Content YAML = Content.of("application/yaml", ClassPath.ours("openapi.yaml"));
    static final Content JSON = Content.of("application/json", json(YAML.plain()));

    private static byte[] json(byte[] yaml) {
      var out = new ByteArrayOutputStream(2 * yaml.length);
      try (var generator = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
        var mapper = new ObjectMapper(new YAMLFactory());
        new ObjectMapper().writeTree(generator, mapper.readTree(yaml));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // memory doesn't fail, and the document was tested
      }
      return out.toByteArray();
    }
  }

  private static final class Events {
    static final Content YAML =
        Content.of(
            "application/yaml", PublishedLanguage.asyncApi().getBytes(StandardCharsets.UTF_8));
    static final Content JSON = Content.of("application/json", Document.json(YAML.plain()));
    static final Map<EventType, Content> SCHEMAS = Collections.unmodifiableMap(schemas());

    private static Map<EventType, Content> schemas() {
      var schemas = new EnumMap<EventType, Content>(EventType.class);
      for (var type : EventType.values()) {
        schemas.put(
            type,
            Content.of(
                "application/schema+json",
                PublishedLanguage.schema(type).getBytes(StandardCharsets.UTF_8)));
      }
      return schemas;
    }
  }

  private static final class Page {
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    private static final String STYLE = "text/css;charset=utf-8";

    static final Map<String, Content> PARTS = Collections.unmodifiableMap(parts());
    static final String EDITION = edition();
    static final Content HTML = html();

    private static Map<String, Content> parts() {
      var parts = new LinkedHashMap<String, Content>();
      parts.put("docs.js", Content.of(SCRIPT, ClassPath.ours("docs.js")));
      parts.put("docs.css", Content.of(STYLE, ClassPath.ours("docs.css")));
      theirs(parts, "swagger-ui.css", STYLE);
      theirs(parts, "swagger-ui-bundle.js", SCRIPT);
      // The licences of what is in the bundle; it says that they are beside it.
      theirs(parts, "swagger-ui-bundle.js.LICENSE.txt", "text/plain;charset=utf-8");
      return parts;
    }

    private static void theirs(Map<String, Content> parts, String name, String type) {
      parts.put(name, Content.of(type, ClassPath.swaggerUi(name)));
    }

    private static String edition() {
      var digests = new StringBuilder();
      PARTS.values().forEach(part -> digests.append(part.digest()));
      return Content.digest(digests.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Content html() {
      var text = new String(ClassPath.ours("docs.html"), StandardCharsets.UTF_8);
      return Content.of(
          "text/html;charset=utf-8",
          text.replace("{edition}", EDITION).getBytes(StandardCharsets.UTF_8));
    }
  }
}
