package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The service among its neighbours. Each neighbour is there because a library that speaks to it is
 * used where it should be; one whose library has gone, or a library that {@link Libraries} doesn't
 * list, with its neighbour or with nobody, is an error.
 */
final class ContextDiagram {
  /**
   * @param words what goes over the arrow
   * @param comesIn whether it calls us
   * @param room who speaks with it
   * @param library by which
   */
  private record Neighbour(
      String name, String words, boolean comesIn, String room, String library) {}

  private static final List<Neighbour> NEIGHBOURS =
      List.of(
          new Neighbour(
              "REST clients", "HTTP, JSON, bearer tokens", true, "adapter.http", "io.javalin"),
          new Neighbour("operators", "command line", true, "bootstrap", "picocli"),
          new Neighbour("Prometheus", "metrics", true, "bootstrap", "io.micrometer"),
          new Neighbour(
              "PostgreSQL", "users, log, outbox, lease", false, "adapter.persistence", "java.sql"),
          new Neighbour(
              "NATS JetStream", "events to USER_EVENTS", false, "adapter.nats", "io.nats"),
          new Neighbour("key server", "JWKS", false, "adapter.http", "java.net.http"));

  private ContextDiagram() {}

  static String text(Hexagon hexagon, Code code) {
    demandKnown(hexagon, code);
    NEIGHBOURS.forEach(neighbour -> demandLibrary(hexagon, code, neighbour));
    hexagon.technologies().stream()
        .filter(technology -> !technology.name().equals("JSON"))
        .forEach(ContextDiagram::demandNeighbour);
    return """
    @startuml
    !pragma layout smetana
    left to right direction
    skinparam shadowing false
    skinparam defaultFontName sans-serif
    component "user-service" as service
    %s
    @enduml
    """
        .formatted(
            NEIGHBOURS.stream().map(ContextDiagram::drawn).collect(Collectors.joining("\n")));
  }

  private static String drawn(Neighbour neighbour) {
    var id = neighbour.name().replaceAll("\\W", "_");
    var arrow = neighbour.comesIn() ? id + " --> service" : "service --> " + id;
    return "rectangle \"%s\" as %s%n%s : %s"
        .formatted(neighbour.name(), id, arrow, neighbour.words())
        .replace(System.lineSeparator(), "\n");
  }

  private static void demandKnown(Hexagon hexagon, Code code) {
    var unknown = Libraries.unknown(hexagon, code);
    if (!unknown.isEmpty()) {
      throw new AssertionError(
          """
          To whom does one speak with this?
          %s
          Why: a neighbour who isn't on the picture of the service is known to nobody. Instead: name the library in Libraries, \
          with its neighbour, who is drawn in ContextDiagram, or with NOBODY; or do without it.\
          """
              .formatted(String.join("\n", unknown)));
    }
    var gone = Libraries.gone(hexagon, code);
    if (!gone.isEmpty()) {
      throw new AssertionError("strike it off the list in Libraries: " + gone);
    }
    var drawn = NEIGHBOURS.stream().map(Neighbour::name).collect(Collectors.toSet());
    if (!drawn.equals(Libraries.neighbours())) {
      throw new AssertionError(
          "drawn are %s, and Libraries speak to %s".formatted(drawn, Libraries.neighbours()));
    }
  }

  private static void demandLibrary(Hexagon hexagon, Code code, Neighbour neighbour) {
    if (code.in(hexagon.room(neighbour.room())).stream()
        .noneMatch(type -> uses(type, neighbour.library()))) {
      throw new AssertionError(
          "%s doesn't use %s any more: is %s no neighbour now?"
              .formatted(neighbour.room(), neighbour.library(), neighbour.name()));
    }
  }

  private static boolean uses(JavaClass type, String library) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass())
        .map(HasName::getName)
        .anyMatch(name -> name.startsWith(library + "."));
  }

  private static void demandNeighbour(Hexagon.Technology technology) {
    if (NEIGHBOURS.stream()
        .noneMatch(
            neighbour ->
                technology.packages().stream()
                    .anyMatch(name -> name.startsWith(neighbour.library())))) {
      throw new AssertionError("to whom does " + technology + " speak? name the neighbour");
    }
  }
}
