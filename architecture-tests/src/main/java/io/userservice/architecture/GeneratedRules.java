package io.userservice.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Stream;

/** Generated code: in a package of its own, and nobody's affair but its adapter's. */
final class GeneratedRules {
  private static final String GENERATED = ".generated";

  private GeneratedRules() {}

  static List<Rule> of(Hexagon hexagon) {
    return List.of(
        new Rule(
            "A5",
            "generated classes are used by their own adapter only",
            "who sees a generated record depends on every column of the table",
            "translate it to a domain type inside the adapter",
            Decisions.HEXAGON,
            code -> Finding.of(code.production().stream().toList(), GeneratedRules::strangersView)),
        new Rule(
            "A6",
            "only generated code is in a generated package, and all of it",
            "what the generator overwrites or forgets is lost, what looks generated is not"
                + " reviewed",
            "move what is written by hand out of the package, what is generated into it",
            Decisions.HEXAGON,
            code -> Finding.of(code.production().stream().toList(), GeneratedRules::misplaced)));
  }

  static boolean isGenerated(JavaClass type) {
    return (type.getPackageName() + ".").contains(GENERATED + ".");
  }

  private static Stream<String> strangersView(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> isGenerated(dependency.getTargetClass()))
        .filter(dependency -> isInOurCode(dependency.getTargetClass()))
        .filter(dependency -> !type.getPackageName().startsWith(home(dependency)))
        .map(Dependency::getDescription);
  }

  /** Libraries have generated packages too. */
  private static boolean isInOurCode(JavaClass type) {
    return type.isFullyImported();
  }

  private static String home(Dependency dependency) {
    var name = dependency.getTargetClass().getPackageName();
    return name.substring(0, name.indexOf(GENERATED));
  }

  private static Stream<String> misplaced(JavaClass type) {
    var byHand = SourceFiles.byHand(type);
    if (isGenerated(type) && byHand) {
      return Stream.of(Place.of(type) + " is written by hand");
    }
    if (!isGenerated(type) && !byHand) {
      return Stream.of(Place.of(type) + " is generated");
    }
    return Stream.empty();
  }
}
