package io.userservice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** The domain: values and decisions, and nothing that could surprise them. */
final class DomainRules {
  private DomainRules() {}

  static final ArchRule D1_JAVA_BASE_ONLY =
      classes()
          .that()
          .resideInAPackage("io.userservice..domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.userservice..domain..",
              "java.lang..",
              "java.io",
              "java.math",
              "java.net",
              "java.nio.charset",
              "java.text",
              "java.time..",
              "java.util",
              "java.util.function",
              "java.util.regex",
              "java.util.stream")
          .as("D1 the domain depends on itself and on java.base")
          .because(
              "what decides about users must be readable and testable without any technology;"
                  + " move what needs one behind a port");

  static final ArchRule D2_IMMUTABLE =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("io.userservice..domain..")
          .should()
          .beFinal()
          .as("D2 every field of the domain is final")
          .because(
              "states are values that many threads share; make a new value instead of altering"
                  + " one");

  static final ArchRule D3_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage("io.userservice..domain..", "io.userservice..application..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(System.class, "getenv")
          .as("D3 domain and application have no clock, chance or environment of their own")
          .because(
              "time and identities come in by InstantSource and Identifiers, so tests choose them");
}
