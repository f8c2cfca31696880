package io.userservice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.userservice.architecture.Rule.Check.production;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The ports: what they are, what they speak of, who implements them, who may use which. */
final class PortRules {
  private PortRules() {}

  static List<Rule> of(Hexagon hexagon) {
    var driving = hexagon.room("application.driving");
    var driven = hexagon.room("application.driven");
    var rules = new ArrayList<Rule>();
    rules.add(
        new Rule(
            "P1",
            "ports speak of the JDK's values, the domain's and their own types",
            "a library's or an adapter's type in a port ties every adapter to it",
            "say it in a type of the domain, or in a record beside the port",
            Decisions.HEXAGON,
            production(
                classes()
                    .that()
                    .resideInAnyPackage(driving, driven)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                        driving,
                        driven,
                        hexagon.room("domain"),
                        "java.lang",
                        "java.lang.annotation",
                        "java.math",
                        "java.time..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.."))));
    rules.add(
        new Rule(
            "P1.kinds",
            "beside the ports there are only interfaces, records, enums and final exceptions",
            "a class with a behaviour in a port is an implementation that nobody can replace",
            "take the behaviour to the application or to the adapter",
            Decisions.HEXAGON,
            code ->
                Finding.of(
                    Stream.concat(code.in(driving).stream(), code.in(driven).stream()).toList(),
                    PortRules::behaviour)));
    rules.add(
        new Rule(
            "P2",
            "a port has no default and no static method",
            "a default that does nothing is a promise that an adapter breaks unseen",
            "leave it abstract; take what all callers need to the callers",
            Decisions.HEXAGON,
            code -> Finding.of(Ports.of(hexagon, code).all().toList(), PortRules::bodies)));
    rules.addAll(PortUseRules.of(hexagon));
    rules.add(
        new Rule(
            "P5.driving",
            "driving ports are implemented inside",
            "what the service does is the application's to decide",
            "call the port; put the decision behind it",
            Decisions.HEXAGON,
            code ->
                Finding.of(
                    Ports.implementers(Ports.of(hexagon, code).driving(), code.production()),
                    type ->
                        isInside(hexagon, type)
                            ? Stream.empty()
                            : Stream.of(Place.of(type) + " implements a driving port"))));
    rules.add(
        new Rule(
            "P5.driven",
            "driven ports are implemented outside",
            "what the application needs of the world is an adapter's to give",
            "move the implementation to an adapter, or make it no port",
            Decisions.HEXAGON,
            code ->
                Finding.of(
                    Ports.implementers(Ports.of(hexagon, code).driven(), code.production()),
                    type ->
                        isInside(hexagon, type)
                            ? Stream.of(Place.of(type) + " implements a driven port inside")
                            : Stream.empty())));
    return rules;
  }

  private static boolean isInside(Hexagon hexagon, JavaClass type) {
    return (type.getPackageName() + ".").startsWith(hexagon.base() + ".application.");
  }

  private static Stream<String> behaviour(JavaClass type) {
    var fine =
        type.isInterface()
            || type.isRecord()
            || type.isEnum()
            || type.isAssignableTo(Enum.class)
            || (type.isAssignableTo(Throwable.class)
                && type.getModifiers().contains(JavaModifier.FINAL));
    return fine ? Stream.empty() : Stream.of(Place.of(type) + " is a class");
  }

  private static Stream<String> bodies(JavaClass port) {
    return port.getMethods().stream()
        .filter(method -> !method.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
        .map(method -> method.getFullName() + " has a body " + method.getSourceCodeLocation());
  }
}
