package io.userservice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.userservice.architecture.Rule.Check.production;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.List;
import java.util.stream.Stream;

/** The domain: values and decisions, and nothing that could surprise them. */
final class DomainRules {
  private static final List<String> JAVA_BASE =
      List.of(
          "java.lang",
          "java.lang.annotation",
          "java.math",
          "java.nio.charset",
          "java.time..",
          "java.util",
          "java.util.function",
          "java.util.regex",
          "java.util.stream");

  /** Tables for names and letters, out of packages whose other classes read, write and connect. */
  private static final String TABLES = "java\\.net\\.IDN|java\\.text\\.Normalizer(\\$Form)?";

  private DomainRules() {}

  static List<Rule> of(Hexagon hexagon) {
    var domain = hexagon.room("domain");
    return List.of(
        new Rule(
            "D1",
            "the domain depends on itself and on those packages of java.base that touch no world"
                + " outside",
            "what decides must be readable and testable without any technology",
            "move what needs a library behind a port",
            Decisions.HEXAGON,
            production(
                classes()
                    .that()
                    .resideInAPackage(domain)
                    .should()
                    .onlyDependOnClassesThat(
                        resideInAnyPackage(with(domain, JAVA_BASE))
                            .or(HasName.Predicates.nameMatching(TABLES))))),
        new Rule(
            "D2.fields",
            "every field of the domain is final",
            "states are values that many threads share",
            "make a new value instead of altering one",
            Decisions.SEALED_TYPES,
            production(
                fields()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideInAPackage(domain)
                    .should()
                    .beFinal())),
        new Rule(
            "D2.types",
            "a type of the domain is a record, an enum, sealed, final, or a function",
            "a type that anyone may extend promises nothing about its values",
            "write final, or seal it and list what there is",
            Decisions.SEALED_TYPES,
            code -> Finding.of(code.in(domain), DomainRules::openTypes)),
        new Rule(
            "D3.threads",
            "the domain knows no thread, process or ambient context",
            "a decision that depends on who runs it can't be repeated",
            "take what you need as a parameter",
            Decisions.NO_SURPRISES,
            production(
                noClasses()
                    .that()
                    .resideInAPackage(domain)
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                        "java\\.lang\\.((Inheritable)?Thread\\w*|ScopedValue|Runtime|Process\\w*"
                            + "|System\\$Logger)(\\$\\w+)?"))),
        new Rule(
            "D4",
            "a sealed type has all its permits in its own package",
            "whoever reads the switch must find all cases in one place",
            "move the case beside its sealed type",
            Decisions.SEALED_TYPES,
            code -> Finding.of(sealedTypes(code), DomainRules::permitsElsewhere)));
  }

  private static Stream<String> openTypes(JavaClass type) {
    var closed =
        type.isEnum()
            || type.isAssignableTo(Enum.class)
            || type.getModifiers().contains(JavaModifier.FINAL)
            || type.getSimpleName().equals("package-info")
            || type.isAnonymousClass()
            || type.isAnnotatedWith(FunctionalInterface.class)
            || !ByteCode.permits(type).isEmpty();
    return closed ? Stream.empty() : Stream.of(Place.of(type) + " may be extended by anyone");
  }

  private static List<JavaClass> sealedTypes(Code code) {
    return code.production().stream().filter(type -> !ByteCode.permits(type).isEmpty()).toList();
  }

  private static Stream<String> permitsElsewhere(JavaClass type) {
    return ByteCode.permits(type).stream()
        .filter(permitted -> !packageOf(permitted).equals(type.getPackageName()))
        .map(permitted -> Place.of(type) + " permits " + permitted + ", of another package");
  }

  private static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  private static String[] with(String room, List<String> others) {
    return Stream.concat(Stream.of(room), others.stream()).toArray(String[]::new);
  }
}
