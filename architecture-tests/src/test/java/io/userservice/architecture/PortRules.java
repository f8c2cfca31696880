package io.userservice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The ports: what they are, what they speak of, who may use which. */
final class PortRules {
  private PortRules() {}

  /** A top-level interface with a method: outcomes and values are nested or have none. */
  static final DescribedPredicate<JavaClass> PORTS =
      DescribedPredicate.describe(
          "ports",
          type ->
              type.isInterface()
                  && type.isTopLevelClass()
                  && !type.getMethods().isEmpty()
                  && (type.getPackageName().endsWith(".driving")
                      || type.getPackageName().endsWith(".driven")));

  /** The hexagon's own door is handed all ports, and calls none of them. */
  private static final DescribedPredicate<JavaClass> NOT_THE_DOOR =
      DescribedPredicate.describe(
          "not UserApplication",
          type -> !type.getName().startsWith("io.userservice.application.UserApplication"));

  static final ArchRule P1_JDK_DOMAIN_AND_PORT_TYPES =
      classes()
          .that()
          .resideInAnyPackage(
              "io.userservice..application.driving..", "io.userservice..application.driven..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.userservice..application.driving..",
              "io.userservice..application.driven..",
              "io.userservice..domain..",
              "java..",
              "org.jspecify..")
          .as("P1 ports speak of the JDK's, the domain's and their own types")
          .because("a library's type in a port ties every adapter to that library");

  static final ArchRule P2_ABSTRACT =
      classes()
          .that(PORTS)
          .should(haveAbstractMethodsOnly())
          .as("P2 a port has no default and no static method")
          .because("a default that does nothing is a promise that an adapter breaks unseen");

  static final ArchRule P3_NO_DUAL_WRITE =
      noClasses()
          .that(resideInAPackage("io.userservice..application..").and(NOT_THE_DOOR))
          .and(dependsOn("UserStore"))
          .should()
          .dependOnClassesThat(named("EventPublisher"))
          .as("P3 nobody in the application knows both UserStore and EventPublisher")
          .allowEmptyShould(true)
          .because(
              "who saves and then publishes loses events between the two; commit both as one"
                  + " value");

  static final ArchRule P5_DRIVING =
      classes()
          .that()
          .areAssignableTo(implementersOf("io.userservice..application.driving"))
          .and()
          .areNotInterfaces()
          .and()
          .resideInAPackage("io.userservice..")
          .should()
          .resideInAPackage("io.userservice..application..")
          .as("P5 driving ports are implemented inside")
          .because("what the service does is the application's to decide");

  static final ArchRule P5_DRIVEN =
      noClasses()
          .that()
          .resideInAPackage("io.userservice..application..")
          .should()
          .beAssignableTo(implementersOf("io.userservice..application.driven"))
          .as("P5 driven ports are implemented outside")
          .because("what the application needs of the world is an adapter's to give")
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaClass> implementersOf(String portPackage) {
    return DescribedPredicate.describe(
        "implementations of ports in " + portPackage,
        type ->
            !type.isInterface()
                && type.getAllRawInterfaces().stream()
                    .anyMatch(
                        port -> PORTS.test(port) && resideInAPackage(portPackage).test(port)));
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(name, type -> type.getSimpleName().equals(name));
  }

  private static DescribedPredicate<JavaClass> dependsOn(String name) {
    return DescribedPredicate.describe(
        "depends on " + name,
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> named(name).test(dependency.getTargetClass())));
  }

  private static ArchCondition<JavaClass> haveAbstractMethodsOnly() {
    return new ArchCondition<>("have abstract methods only") {
      @Override
      public void check(JavaClass port, ConditionEvents events) {
        port.getMethods().stream()
            .filter(method -> !method.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
            .forEach(
                method ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " has a body; take it to its callers")));
      }
    };
  }
}
