package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ports: who is on either side of each, and what proves it. */
final class PortsPage {
  private PortsPage() {}

  static String text(Hexagon hexagon, Code code) {
    var ports = Ports.of(hexagon, code);
    return """
    # Ports

    ## Driving: what the service offers

    | port | asked by | answered by |
    |---|---|---|
    %s

    ## Driven: what the service needs

    Each that answers anything has a suite in `application`'s test kit: the lists in its Javadoc and the tests of the suite are the same, word for word (rule P7),
    and each adapter runs it, in memory too (rule P4).

    | port | asked by | adapter | in memory | suite | runs as |
    |---|---|---|---|---|---|
    %s
    """
        .formatted(
            rows(ports.driving(), port -> driving(hexagon, code, port)),
            rows(ports.driven(), port -> driven(hexagon, code, port)));
  }

  /** A row of a table. */
  private interface Row {
    String of(JavaClass port);
  }

  private static String rows(List<JavaClass> ports, Row row) {
    return ports.stream()
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .map(row::of)
        .collect(Collectors.joining("\n"));
  }

  private static String driving(Hexagon hexagon, Code code, JavaClass port) {
    return "| `%s` | %s | %s |"
        .formatted(
            port.getSimpleName(),
            users(hexagon, code, port),
            names(hexagon, implementers(port, code.production())));
  }

  private static String driven(Hexagon hexagon, Code code, JavaClass port) {
    var suite = port.getSimpleName() + "Contract";
    var runs =
        code.tests().stream()
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(extendsOne(suite))
            .filter(type -> type.getSimpleName().endsWith("Test"))
            .toList();
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            port.getSimpleName(),
            users(hexagon, code, port),
            names(hexagon, implementers(port, code.production())),
            names(hexagon, Ports.inMemory(List.of(port), code)),
            runs.isEmpty() ? "" : "`" + suite + "`",
            names(hexagon, runs));
  }

  private static Predicate<JavaClass> extendsOne(String suite) {
    return type ->
        type.getAllRawSuperclasses().stream()
            .anyMatch(above -> above.getSimpleName().equals(suite));
  }

  private static List<JavaClass> implementers(JavaClass port, JavaClasses classes) {
    return Ports.implementers(List.of(port), classes);
  }

  private static String users(Hexagon hexagon, Code code, JavaClass port) {
    return list(
        code.production().stream()
            .filter(type -> Ports.isAskedBy(type, port))
            .map(type -> hexagon.name(type.getName())));
  }

  private static String names(Hexagon hexagon, List<JavaClass> types) {
    return list(types.stream().map(type -> hexagon.name(type.getName())));
  }

  private static String list(Stream<String> names) {
    return names
        .distinct()
        .sorted()
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }
}
