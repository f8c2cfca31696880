package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    The stream is `USER_EVENTS`; the subject is the event's type. `asyncapi.yaml` has headers and examples, [how to subscribe](../subscribing.md) the rest.

    | raised in the domain | with |
    |---|---|
    %s

    | published as | means | always has | schema |
    |---|---|---|---|
    %s
    """
        .formatted(raised(hexagon, code), published());
  }

  private static String raised(Hexagon hexagon, Code code) {
    var event = code.production().get(hexagon.base() + ".domain.user.UserEvent");
    return ByteCode.permits(event).stream()
        .sorted()
        .map(name -> code.production().get(name))
        .map(type -> "| `%s` | %s |".formatted(type.getSimpleName(), components(type)))
        .collect(Collectors.joining("\n"));
  }

  private static String components(JavaClass record) {
    return record.getFields().stream()
        .map(field -> "`%s %s`".formatted(field.getRawType().getSimpleName(), field.getName()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String published() {
    try (var files = Files.list(SCHEMAS)) {
      return files.sorted().map(EventsPage::row).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(Path schema) {
    try {
      var text = Files.readString(schema);
      var name = schema.getFileName().toString();
      return "| `%s` | %s | %s | [%s](../../%s) |"
          .formatted(
              name.replace(".json", ""),
              first(DESCRIPTION, text),
              List.of(first(REQUIRED, text).replace("\"", "").split(", ")).stream()
                  .map(member -> "`" + member + "`")
                  .collect(Collectors.joining(", ")),
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
