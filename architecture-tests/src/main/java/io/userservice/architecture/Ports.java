package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ports and who implements them. A port is a top-level interface with a method: outcomes and
 * values are nested or have none.
 */
record Ports(List<JavaClass> driving, List<JavaClass> driven) {

  static Ports of(Hexagon hexagon, Code code) {
    return new Ports(
        code.in(hexagon.base() + ".application.driving").stream().filter(Ports::isPort).toList(),
        code.in(hexagon.base() + ".application.driven").stream().filter(Ports::isPort).toList());
  }

  private static boolean isPort(JavaClass type) {
    return type.isInterface() && type.isTopLevelClass() && !type.getMethods().isEmpty();
  }

  Stream<JavaClass> all() {
    return Stream.concat(driving.stream(), driven.stream());
  }

  /** Classes, no interfaces, that implement one of these ports. */
  static List<JavaClass> implementers(List<JavaClass> ports, JavaClasses classes) {
    return classes.stream()
        .filter(type -> !type.isInterface())
        .filter(type -> ports.stream().anyMatch(port -> implementsIt(type, port)))
        .toList();
  }

  /** What a test kit offers as an adapter; who decorates one or makes it fail is none. */
  static List<JavaClass> inMemory(List<JavaClass> ports, Code code) {
    return implementers(ports, code.tests()).stream()
        .filter(Ports::isInTestKit)
        .filter(JavaClass::isTopLevelClass)
        .filter(type -> !type.getSimpleName().matches("(Decorated|Faulty).*"))
        .toList();
  }

  static boolean isInTestKit(JavaClass type) {
    return type.getPackageName().endsWith(".testkit");
  }

  static boolean implementsIt(JavaClass type, JavaClass port) {
    return type.getAllRawInterfaces().contains(port);
  }

  /** Whether it names the port itself, not only a value that is nested in it. */
  static boolean isKnownTo(JavaClass type, JavaClass port) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> dependency.getTargetClass().getBaseComponentType().equals(port));
  }

  /** Whether the class calls it, and isn't its implementation. */
  static boolean isAskedBy(JavaClass type, JavaClass port) {
    return !implementsIt(type, port)
        && Stream.concat(
                type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream())
            .anyMatch(access -> access.getTargetOwner().equals(port));
  }
}
