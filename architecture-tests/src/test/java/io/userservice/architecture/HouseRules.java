package io.userservice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/** What holds in every room. */
final class HouseRules {
  private static final DescribedPredicate<JavaClass> GENERATED =
      resideInAPackage("io.userservice..generated..");

  private HouseRules() {}

  static final ArchRule B1_ONLY_BOOTSTRAP_SEES_ADAPTERS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.userservice..bootstrap..", "io.userservice..adapter..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.userservice..adapter..")
          .as("B1 only bootstrap sees adapters")
          .because("who sees an adapter depends on its technology; wire it in bootstrap");

  static final ArchRule B1_ONLY_BOOTSTRAP_READS_THE_ENVIRONMENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.userservice..bootstrap..")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .as("B1 only bootstrap reads the environment")
          .because("settings are read once and validated together; take them as parameters");

  static final ArchRule H1_NAMES =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..common..",
              "..impl..",
              "..misc..",
              "..helper..",
              "..dto..",
              "..manager..")
          .as("H1 no package is named for nothing")
          .because("such a room collects what has no place; name it for what is in it");

  static final ArchRule H2_NO_CYCLES =
      slices()
          .matching("io.userservice.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(GENERATED, GENERATED) // how jOOQ lays its classes out is jOOQ's affair
          .as("H2 packages have no cycles")
          .because("two packages that need each other are one; move what both need");

  static final ArchRule H3_NO_STANDARD_STREAMS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.userservice..bootstrap..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .as("H3 nobody but bootstrap writes to the standard streams")
          .because("facts go to observers, where they become lines and meters");

  static final ArchRule H3_NO_STATIC_MUTABLE_STATE =
      noFields()
          .that()
          .areStatic()
          .should()
          .notBeFinal()
          .as("H3 no static field can be altered")
          .because("two services in one process would share it; make it a field of an object");
}
