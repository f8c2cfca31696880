package io.userservice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.userservice.architecture.Rule.Check.production;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The application: it knows the domain, its ports and nothing else, and no use case another. */
final class UseCaseRules {
  private UseCaseRules() {}

  private static final List<String> JAVA_BASE =
      List.of(
          "java.lang",
          "java.lang.annotation",
          "java.math",
          "java.time..",
          "java.util",
          "java.util.concurrent..",
          "java.util.function",
          "java.util.stream",
          "org.jspecify..");

  /** What it takes to read a resource of one's own, and no more: no file, no socket. */
  private static final Pattern READING =
      Pattern.compile(
          "java\\.io\\.(IOException|InputStream|UncheckedIOException)|java\\.nio\\.charset\\.\\w+");

  static List<Rule> of(Hexagon hexagon) {
    var application = hexagon.room("application");
    return List.of(
        new Rule(
                "U1",
                "the application depends on itself, the domain and java.base: no logging, JSON,"
                    + " SQL, HTTP",
                "a use case that knows a technology can't outlive it, nor be tested without it",
                "put the technology behind a driven port; tell facts to an observer",
                Decisions.HEXAGON,
                code -> Finding.of(code.in(application), type -> outward(hexagon, type)))
            .except(hexagon.names().files()),
        new Rule(
            "U2",
            "classes of the application don't need each other in circles",
            "in a circle no use case can be read, or tested, before all others",
            "take what both need to a third class, or pass a value instead of calling back",
            Decisions.HEXAGON,
            production(
                slices()
                    .assignedFrom(new OutermostClasses(application))
                    .should()
                    .beFreeOfCycles())),
        new Rule(
            "U3",
            "inside, nobody calls a driving port",
            "a use case made of use cases checks, records and commits twice",
            "share the step that both need, not the use case",
            Decisions.HEXAGON,
            code -> {
              var driving = Ports.of(hexagon, code).driving();
              return Finding.of(
                  code.in(application),
                  type -> Stream.concat(calls(type, driving), callsOthers(type, driving)));
            }));
  }

  private static Stream<String> outward(Hexagon hexagon, JavaClass type) {
    var reads = hexagon.names().files().contains(hexagon.name(type.getName()));
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> !isInside(hexagon, dependency.getTargetClass()))
        .filter(
            dependency ->
                !reads || !READING.matcher(dependency.getTargetClass().getName()).matches())
        .map(Dependency::getDescription);
  }

  private static boolean isInside(Hexagon hexagon, JavaClass target) {
    var type = target.getBaseComponentType();
    return type.isPrimitive()
        || resideInAnyPackage(JAVA_BASE.toArray(String[]::new)).test(type)
        || resideInAnyPackage(hexagon.room("application"), hexagon.room("domain")).test(type);
  }

  private static Stream<String> calls(JavaClass type, List<JavaClass> ports) {
    return type.getAccessesFromSelf().stream()
        .filter(access -> ports.contains(access.getTargetOwner()))
        .map(access -> access.getDescription());
  }

  /** A use case needn't be held as its port: its class answers too. */
  private static Stream<String> callsOthers(JavaClass type, List<JavaClass> ports) {
    return Stream.<JavaCodeUnitAccess<?>>concat(
            type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream())
        .filter(
            access ->
                ports.stream().anyMatch(port -> Ports.implementsIt(access.getTargetOwner(), port)))
        .filter(
            access ->
                !OutermostClasses.outermost(access.getTargetOwner())
                    .equals(OutermostClasses.outermost(type)))
        .map(JavaAccess::getDescription);
  }

  /** Each outermost class with all that is nested in it. */
  private record OutermostClasses(String room) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return JavaClass.Predicates.resideInAPackage(room).test(type)
          ? SliceIdentifier.of(outermost(type).getName())
          : SliceIdentifier.ignore();
    }

    private static JavaClass outermost(JavaClass type) {
      return type.getEnclosingClass().map(OutermostClasses::outermost).orElse(type);
    }

    @Override
    public String getDescription() {
      return "classes of " + room;
    }
  }
}
