package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adapters, use cases and relay, with the ports between them. An arrow is drawn for each dependency
 * that a class file has, and for nothing else.
 */
final class ComponentDiagram {
  /** Its values are what ports speak. */
  private static final String VALUES = "application";

  /** Makes everything, and so knows everything; only the ports that it calls itself are shown. */
  private static final String MAKER = "bootstrap";

  private final Hexagon hexagon;
  private final Code code;
  private final Ports ports;

  private ComponentDiagram(Hexagon hexagon, Code code) {
    this.hexagon = hexagon;
    this.code = code;
    this.ports = Ports.of(hexagon, code);
  }

  static String text(Hexagon hexagon, Code code) {
    return new ComponentDiagram(hexagon, code).text();
  }

  private String text() {
    var rooms = new TreeMap<String, List<JavaClass>>();
    code.production().stream()
        .filter(type -> type.getPackageName().startsWith(hexagon.base()))
        .filter(type -> ports.all().noneMatch(type::equals))
        .forEach(
            type ->
                rooms.merge(
                    room(type),
                    List.of(type),
                    (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    var arrows = new TreeSet<String>();
    rooms.forEach(
        (room, types) -> types.stream().flatMap(type -> arrows(room, type)).forEach(arrows::add));
    return """
    @startuml
    !pragma layout smetana
    left to right direction
    skinparam shadowing false
    skinparam defaultFontName sans-serif
    %s
    package "driving ports" {
    %s
    }
    package "driven ports" {
    %s
    }
    %s
    @enduml
    """
        .formatted(
            rooms.keySet().stream()
                .map(room -> "component \"%s\" as %s".formatted(room, id(room)))
                .collect(Collectors.joining("\n")),
            interfaces(ports.driving()),
            interfaces(ports.driven()),
            String.join("\n", arrows));
  }

  private static String interfaces(List<JavaClass> ports) {
    return ports.stream()
        .map(port -> "  interface " + port.getSimpleName())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** An adapter with all below it; else the package. */
  private String room(JavaClass type) {
    var parts = type.getPackageName().substring(hexagon.base().length() + 1).split("\\.");
    var isAdapter = parts[0].equals("adapter");
    if (isAdapter) {
      return parts[0] + "." + parts[1];
    }
    var isRelay = parts.length > 1 && parts[1].equals("delivery");
    return isRelay ? "application.delivery" : parts[0];
  }

  private Stream<String> arrows(String room, JavaClass type) {
    var implemented =
        ports
            .all()
            .filter(port -> Ports.implementsIt(type, port))
            .map(port -> port.getSimpleName() + " <|.. " + id(room));
    var asked =
        ports
            .all()
            .filter(port -> Ports.isAskedBy(type, port))
            .map(port -> id(room) + " --> " + port.getSimpleName());
    var known =
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith(hexagon.base() + "."))
            .map(this::room)
            .filter(other -> !other.equals(room) && !other.equals(VALUES) && !room.equals(MAKER))
            .map(other -> id(room) + " --> " + id(other));
    return Stream.of(implemented, asked, known).flatMap(arrows -> arrows);
  }

  private static String id(String room) {
    return room.replace('.', '_');
  }
}
