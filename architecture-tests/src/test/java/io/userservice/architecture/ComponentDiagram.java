package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adapters, use cases and relay, with the ports between them. An arrow is drawn for each dependency
 * that a class file has, and for nothing else: black to the port that is called, dashed to the one
 * that is implemented, grey for whatever else is known.
 */
final class ComponentDiagram {
  private static final String VALUES = "values of the ports";

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
    var rooms = new TreeSet<String>();
    var arrows = new TreeSet<String>();
    code.production().stream()
        .filter(type -> type.getPackageName().startsWith(hexagon.base()))
        .forEach(
            type -> {
              rooms.add(room(type));
              arrows(type).forEach(arrows::add);
            });
    return """
    @startuml
    !pragma layout smetana
    skinparam shadowing false
    skinparam defaultFontName sans-serif
    skinparam componentStyle rectangle
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
            rooms.stream()
                .map(room -> "component \"%s\" as %s".formatted(room, id(room)))
                .collect(Collectors.joining("\n")),
            cards(ports.driving()),
            cards(ports.driven()),
            String.join("\n", arrows));
  }

  private static String cards(List<JavaClass> ports) {
    return ports.stream()
        .map(port -> "  card " + port.getSimpleName())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** An adapter with all below it, what ports speak of, the relay; else the outermost package. */
  private String room(JavaClass type) {
    var parts = type.getPackageName().substring(hexagon.base().length() + 1).split("\\.");
    if (parts.length == 1 || parts[0].equals("domain")) {
      return parts[0];
    }
    var name = parts[0] + "." + parts[1];
    return name.matches("application\\.driv(ing|en)") ? VALUES : name;
  }

  private Stream<String> arrows(JavaClass type) {
    var from = id(room(type));
    var implemented =
        ports
            .all()
            .filter(port -> Ports.implementsIt(type, port))
            .map(port -> port.getSimpleName() + " <.. " + from);
    var asked =
        ports
            .all()
            .filter(port -> Ports.isAskedBy(type, port))
            .map(port -> from + " --> " + port.getSimpleName());
    var known =
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith(hexagon.base() + "."))
            .map(target -> id(room(target)))
            .filter(to -> !to.equals(from))
            .map(to -> from + " -[#silver]-> " + to);
    return Stream.of(implemented, asked, known).flatMap(arrows -> arrows);
  }

  private static String id(String room) {
    return room.replaceAll("\\W", "_");
  }
}
