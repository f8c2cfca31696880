package io.userservice.architecture;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The events: what the domain raises and what is published of it. */
final class EventsPage {
  private static final Path SCHEMAS =
      House.ROOT.resolve(
          "application/src/main/resources/io/userservice/application/published/schemas");
  private static final Pattern DESCRIPTION =
      Pattern.compile("\"description\": \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern REQUIRED = Pattern.compile("\"required\": \\[([^]]*)]");

  private EventsPage() {}

  static String text(Hexagon hexagon, Code code) {
    return """
    # Events

    The stream is `%s`; the subject is the event's type. `asyncapi.yaml` has headers and examples, [how to subscribe](../subscribing.md) the rest.

    | raised in the domain | with | published as | means | always has | schema |
    |---|---|---|---|---|---|
    %s
    """
        .formatted(stream(hexagon, code), rows(hexagon, code));
  }

  /** The stream's name, as the adapter has it. */
  static String stream(Hexagon hexagon, Code code) {
    var stream = code.production().get(hexagon.base() + ".adapter.nats.UserEventsStream");
    return Texts.constant(stream, "NAME");
  }

  private static String rows(Hexagon hexagon, Code code) {
    var raised =
        ByteCode.permits(code.production().get(hexagon.base() + ".domain.user.UserEvent")).stream()
            .map(name -> code.production().get(name))
            .collect(toMap(EventsPage::published, type -> type, (a, _) -> a, TreeMap::new));
    demandSame("EventType", types(hexagon, code), raised.keySet());
    demandSame("the schemas", schemas(), raised.keySet());
    return raised.entrySet().stream()
        .map(event -> row(event.getValue(), SCHEMAS.resolve(event.getKey() + ".json")))
        .collect(joining("\n"));
  }

  private static String published(JavaClass event) {
    return "user." + event.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static Set<String> types(Hexagon hexagon, Code code) {
    var type = code.production().get(hexagon.base() + ".application.driving.EventType");
    return Texts.of(type).stream().filter(text -> text.contains(".")).collect(toSet());
  }

  private static Set<String> schemas() {
    try (var files = Files.list(SCHEMAS)) {
      return files.map(file -> file.getFileName().toString().replace(".json", "")).collect(toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void demandSame(String where, Set<String> published, Set<String> raised) {
    if (!published.equals(raised)) {
      throw new AssertionError(
          "the domain raises %s, and in %s are %s: an event has a type and a schema of its name"
              .formatted(raised, where, published));
    }
  }

  private static String components(JavaClass record) {
    return record.getFields().stream()
        .map(field -> "`%s %s`".formatted(field.getRawType().getSimpleName(), field.getName()))
        .sorted()
        .collect(joining(", "));
  }

  private static String row(JavaClass event, Path schema) {
    try {
      var text = Files.readString(schema);
      var name = schema.getFileName().toString();
      return "| `%s` | %s | `%s` | %s | %s | [%s](../../%s) |"
          .formatted(
              event.getSimpleName(),
              components(event),
              published(event),
              first(DESCRIPTION, text).replaceFirst("(?<=\\.) .*", ""),
              List.of(first(REQUIRED, text).replace("\"", "").split(", ")).stream()
                  .map(member -> "`" + member + "`")
                  .collect(joining(", ")),
              name,
              House.ROOT.relativize(schema).toString().replace('\\', '/'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String first(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + pattern + " in " + text))
        .group(1);
  }
}
