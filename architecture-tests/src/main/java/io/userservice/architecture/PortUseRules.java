package io.userservice.architecture;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.ThrowsDeclaration;
import io.userservice.architecture.Hexagon.Apart;
import io.userservice.architecture.Hexagon.Reserved;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who may use which port, and what may come out of one. */
final class PortUseRules {
  private PortUseRules() {}

  static List<Rule> of(Hexagon hexagon) {
    var rules = new ArrayList<Rule>();
    if (!hexagon.apart().isEmpty()) {
      rules.add(
          new Rule(
                  "P3.apart",
                  "nobody in the application knows both ports of "
                      + hexagon.apart().stream().map(a -> a.one() + " and " + a.other()).toList(),
                  "who saves and then publishes loses what happened between the two",
                  "commit both as one value, and let the relay publish",
                  Decisions.COMMIT_A_VALUE,
                  code ->
                      Finding.of(
                          code.in(hexagon.room("application")), type -> knowsBoth(hexagon, type)))
              .except(hexagon.apart().stream().map(Apart::exception).toList()));
    }
    if (!hexagon.reserved().isEmpty()) {
      rules.add(
          new Rule(
              "P3.reserved",
              "ports are called only by those that they are reserved for: "
                  + hexagon.reserved().stream().map(Reserved::told).collect(joining("; ")),
              "what is delivered, in which order, is decided in one place",
              "ask that place; or commit, and it will be delivered",
              Decisions.ONE_RELAY,
              code ->
                  Finding.of(
                      code.production().stream().toList(), type -> trespasses(hexagon, type))));
    }
    rules.add(
        new Rule(
            "P6",
            "no exception of an adapter's crosses its port: none is declared there, none is made"
                + " where it is implemented, and no unchecked one exists in such an adapter",
            "who must catch a library's exception depends on that library",
            "answer a sealed outcome, or throw one of the exceptions beside the port",
            Decisions.HEXAGON,
            code -> {
              var ports = Ports.of(hexagon, code);
              var adapters = Ports.implementers(ports.driven(), code.production());
              return Finding.of(
                  Stream.of(ports.driven(), adapters, behindPorts(hexagon, code, adapters))
                      .flatMap(List::stream)
                      .distinct()
                      .toList(),
                  type ->
                      type.isInterface()
                          ? declared(hexagon, type)
                          : type.isAssignableTo(Throwable.class)
                              ? unchecked(type)
                              : thrown(hexagon, type));
            }));
    if (!hexagon.adapters().isEmpty()) {
      rules.add(
          new Rule(
              "P8",
              "an adapter knows no driven port but those that it implements itself",
              "who goes to the store past the use case goes past its checks, and past the log",
              "ask a driving port; what it doesn't offer is the application's to add",
              Decisions.HEXAGON,
              code -> {
                var driven = Ports.of(hexagon, code).driven();
                return Finding.of(
                    adapters(hexagon, code).flatMap(List::stream).toList(),
                    type -> goesPast(type, homeOf(hexagon, code, type), driven));
              }));
    }
    return rules;
  }

  private static Stream<List<JavaClass>> adapters(Hexagon hexagon, Code code) {
    return hexagon.adapters().stream()
        .map(adapter -> code.in(hexagon.room("adapter." + adapter.name())));
  }

  private static List<JavaClass> homeOf(Hexagon hexagon, Code code, JavaClass type) {
    return adapters(hexagon, code).filter(types -> types.contains(type)).findFirst().orElseThrow();
  }

  private static Stream<String> goesPast(
      JavaClass type, List<JavaClass> home, List<JavaClass> ports) {
    return ports.stream()
        .filter(port -> Ports.isKnownTo(type, port))
        .filter(port -> home.stream().noneMatch(own -> Ports.implementsIt(own, port)))
        .map(port -> "%s knows %s".formatted(Place.of(type), port.getSimpleName()));
  }

  private static Stream<String> knowsBoth(Hexagon hexagon, JavaClass type) {
    return hexagon.apart().stream()
        .filter(pair -> !hexagon.name(type.getName()).equals(pair.exception()))
        .filter(pair -> knows(hexagon, type, pair.one()) && knows(hexagon, type, pair.other()))
        .map(pair -> both(type, pair));
  }

  private static String both(JavaClass type, Apart pair) {
    return "%s knows both %s and %s".formatted(Place.of(type), pair.one(), pair.other());
  }

  private static boolean knows(Hexagon hexagon, JavaClass type, String port) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> isPort(hexagon, dependency.getTargetClass().getName(), port));
  }

  private static Stream<String> trespasses(Hexagon hexagon, JavaClass type) {
    return hexagon.reserved().stream()
        .filter(port -> port.users().stream().noneMatch(user -> isAt(hexagon, type, user)))
        .flatMap(
            port ->
                type.getAccessesFromSelf().stream()
                    .filter(
                        access -> isPort(hexagon, access.getTargetOwner().getName(), port.port()))
                    .map(access -> access.getDescription()));
  }

  private static boolean isPort(Hexagon hexagon, String type, String port) {
    return hexagon.name(type).equals("application.driven." + port)
        && !type.contains("$"); // values nested in a port are anyone's
  }

  private static boolean isAt(Hexagon hexagon, JavaClass type, String user) {
    var name = hexagon.name(type.getName());
    return name.equals(user) || name.startsWith(user + ".");
  }

  private static Stream<String> declared(Hexagon hexagon, JavaClass type) {
    return type.getMethods().stream()
        .flatMap(
            method ->
                method.getThrowsClause().stream()
                    .map(ThrowsDeclaration::getRawType)
                    .filter(thrown -> !mayCross(hexagon, thrown))
                    .map(thrown -> declares(method, thrown)));
  }

  private static String declares(JavaMethod method, JavaClass thrown) {
    return "%s declares %s %s"
        .formatted(method.getFullName(), thrown.getName(), method.getSourceCodeLocation());
  }

  private static Stream<String> thrown(Hexagon hexagon, JavaClass type) {
    return type.getConstructorCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().isAssignableTo(Throwable.class))
        .filter(call -> !call.getName().equals("super"))
        .filter(call -> !mayCross(hexagon, call.getTargetOwner()))
        .map(call -> call.getDescription());
  }

  /** The exceptions in all packages of the adapters that implement a driven port. */
  private static List<JavaClass> behindPorts(
      Hexagon hexagon, Code code, List<JavaClass> implementers) {
    return adapters(hexagon, code)
        .filter(types -> types.stream().anyMatch(implementers::contains))
        .flatMap(List::stream)
        .filter(type -> type.isAssignableTo(Throwable.class))
        .toList();
  }

  /** Nobody need catch it, so nothing says that it stays inside. */
  private static Stream<String> unchecked(JavaClass type) {
    return type.isAssignableTo(RuntimeException.class) || type.isAssignableTo(Error.class)
        ? Stream.of(Place.of(type) + " is an unchecked exception behind a port")
        : Stream.empty();
  }

  /** Exceptions beside the ports, and the JDK's for bugs and interruption. */
  private static boolean mayCross(Hexagon hexagon, JavaClass exception) {
    return exception.getPackageName().equals(hexagon.base() + ".application.driven")
        || exception.getPackageName().equals("java.lang")
            && !exception.getSimpleName().equals("Exception");
  }
}
