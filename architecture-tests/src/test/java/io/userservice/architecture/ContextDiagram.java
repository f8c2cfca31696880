package io.userservice.architecture;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The service among its neighbours. Each is there because a library that speaks to it is used where
 * it should be, and because of what is said to it; one whose library has gone, or a library that
 * {@link Libraries} doesn't list, with its neighbour or with nobody, is an error.
 */
final class ContextDiagram {
  private static final String SERVICE = "user-service";
  private static final String NATS = "NATS JetStream";
  private static final String HINT = "userservice.hint.";

  /**
   * @param from who begins, and {@code to} whom: one of the two is the neighbour
   * @param words what goes over the arrow
   * @param room who speaks with it
   * @param library by which
   * @param said a text that would be in no class file if nobody spoke with it
   */
  private record Arrow(
      String from, String to, String words, String room, String library, String said) {
    String neighbour() {
      return from.equals(SERVICE) || from.equals(NATS) ? to : from;
    }
  }

  private ContextDiagram() {}

  private static List<Arrow> arrows(Hexagon hexagon, Code code) {
    var stream = EventsPage.stream(hexagon, code);
    return List.of(
        in("REST clients", "HTTP, JSON, bearer tokens", "adapter.http", "io.javalin", "/users"),
        in("orchestrator", "GET /health/…", "adapter.http", "io.javalin", "/health/live"),
        in("Prometheus", "GET /metrics", "bootstrap", "io.micrometer", "/metrics"),
        in("operators", "command line", "bootstrap", "picocli", "replay"),
        out("PostgreSQL", tables(hexagon, code), "adapter.persistence", "java.sql", "for update"),
        out(NATS, "makes, writes and reads " + stream, "adapter.nats", "io.nats", stream),
        out("other instances", "\"committed\", by NATS", "adapter.nats", "io.nats", HINT),
        out("key server", "GET a JWKS", "adapter.http", "java.net.http", "keys"),
        new Arrow(NATS, "subscribers", stream, "adapter.nats.subscriber", "io.nats", stream));
  }

  private static Arrow in(String name, String words, String room, String library, String said) {
    return new Arrow(name, SERVICE, words, room, library, said);
  }

  private static Arrow out(String name, String words, String room, String library, String said) {
    return new Arrow(SERVICE, name, words, room, library, said);
  }

  private static String tables(Hexagon hexagon, Code code) {
    return code
        .production()
        .get(hexagon.base() + ".adapter.persistence.generated.Tables")
        .getFields()
        .stream()
        .map(field -> field.getName().toLowerCase(Locale.ROOT))
        .sorted()
        .collect(joining("\\n"));
  }

  static String text(Hexagon hexagon, Code code) {
    demandKnown(hexagon, code);
    var arrows = arrows(hexagon, code);
    demandDrawn(arrows);
    arrows.forEach(arrow -> demandSpoken(hexagon, code, arrow));
    return """
    @startuml
    !pragma layout smetana
    left to right direction
    skinparam shadowing false
    skinparam defaultFontName sans-serif
    component "%s" as %s
    %s
    %s
    @enduml
    """
        .formatted(
            SERVICE,
            id(SERVICE),
            arrows.stream()
                .map(Arrow::neighbour)
                .distinct()
                .map(ContextDiagram::card)
                .collect(joining("\n")),
            arrows.stream().map(ContextDiagram::drawn).collect(joining("\n")));
  }

  private static String card(String name) {
    return "rectangle \"%s\" as %s".formatted(name, id(name));
  }

  private static String drawn(Arrow arrow) {
    return "%s --> %s : %s".formatted(id(arrow.from()), id(arrow.to()), arrow.words());
  }

  private static String id(String name) {
    return name.replaceAll("\\W", "_");
  }

  private static void demandKnown(Hexagon hexagon, Code code) {
    var unknown = Libraries.unknown(hexagon, code);
    if (!unknown.isEmpty()) {
      throw new AssertionError(
          """
          %s
          Why: whom the service speaks to by it is on no picture, so nobody reckons with him.
          Instead: list it in Libraries.java, with the neighbour, who is drawn in ContextDiagram.java, or with NOBODY if it reaches
          no other process; or do without it.\
          """
              .formatted(String.join("\n", unknown)));
    }
    var gone = Libraries.gone(hexagon, code);
    if (!gone.isEmpty()) {
      throw new AssertionError(
          """
          %s
          Why: the list would let it come back unseen.
          Instead: strike it off the list in Libraries.java.\
          """
              .formatted(String.join("\n", gone)));
    }
  }

  private static void demandDrawn(List<Arrow> arrows) {
    var drawn = arrows.stream().map(Arrow::neighbour).collect(toSet());
    var missing = new TreeSet<>(Libraries.neighbours());
    missing.removeAll(drawn);
    if (!missing.isEmpty()) {
      throw new AssertionError(
          """
          Libraries.java speaks to %s, whom ContextDiagram.java doesn't draw
          Why: the picture is believed to show all whom the service speaks to.
          Instead: add the arrow, with what goes over it.\
          """
              .formatted(missing));
    }
  }

  private static void demandSpoken(Hexagon hexagon, Code code, Arrow arrow) {
    if (code.in(hexagon.room(arrow.room())).stream()
        .noneMatch(type -> uses(type, arrow.library()))) {
      throw gone(arrow, "%s doesn't use %s any more".formatted(arrow.room(), arrow.library()));
    }
    if (code.production().stream().noneMatch(type -> says(type, arrow.said()))) {
      throw gone(arrow, "no class says \"%s\" any more".formatted(arrow.said()));
    }
  }

  private static AssertionError gone(Arrow arrow, String what) {
    return new AssertionError(
        "The arrow from %s to %s has no code behind it: %s. Take it out of ContextDiagram, or say there what it is now."
            .formatted(arrow.from(), arrow.to(), what));
  }

  private static boolean says(JavaClass type, String text) {
    return !GeneratedRules.isGenerated(type)
        && Texts.of(type).stream().anyMatch(said -> said.contains(text));
  }

  private static boolean uses(JavaClass type, String library) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass())
        .map(HasName::getName)
        .anyMatch(name -> name.startsWith(library + "."));
  }
}
