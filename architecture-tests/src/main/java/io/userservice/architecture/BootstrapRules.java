package io.userservice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.userservice.architecture.Rule.Check.production;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Bootstrap: the one room that sees all others, and decides nothing. */
final class BootstrapRules {
  private BootstrapRules() {}

  static List<Rule> of(Hexagon hexagon) {
    var rules = new ArrayList<Rule>();
    rules.add(
        new Rule(
            "B1.adapters",
            "only bootstrap sees adapters",
            "who sees an adapter depends on its technology",
            "take a port as a parameter, and wire it in bootstrap",
            Decisions.HEXAGON,
            production(
                noClasses()
                    .that()
                    .resideOutsideOfPackages(hexagon.room("bootstrap"), hexagon.room("adapter"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(hexagon.room("adapter")))));
    rules.add(
        new Rule(
            "B1.environment",
            "only bootstrap reads the environment",
            "settings are read once and validated together",
            "take the setting as a parameter",
            Decisions.NO_SURPRISES,
            code ->
                Finding.of(
                    code.production().stream().toList(),
                    type ->
                        Calls.of(type, Calls.ENVIRONMENT)
                            .filter(_ -> !isIn(hexagon, type, "bootstrap")))));
    if (!hexagon.names().values().isEmpty()) {
      rules.add(
          new Rule(
                  "B2",
                  "bootstrap makes no domain decision: it calls nothing of the domain",
                  "a rule in the main class is found by nobody and tested by nobody",
                  "make it a use case, and call that",
                  Decisions.HEXAGON,
                  code ->
                      Finding.of(
                          code.in(hexagon.room("bootstrap")), type -> decides(hexagon, type)))
              .except(hexagon.names().values()));
    }
    return rules;
  }

  private static Stream<String> decides(Hexagon hexagon, JavaClass type) {
    return type.getAccessesFromSelf().stream()
        .filter(access -> isIn(hexagon, access.getTargetOwner(), "domain"))
        .filter(
            access ->
                !hexagon.names().values().contains(hexagon.name(access.getTargetOwner().getName())))
        .map(access -> access.getDescription());
  }

  static boolean isIn(Hexagon hexagon, JavaClass type, String room) {
    return (type.getPackageName() + ".").startsWith(hexagon.base() + "." + room + ".");
  }
}
