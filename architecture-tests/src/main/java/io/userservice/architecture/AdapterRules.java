package io.userservice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.userservice.architecture.Rule.Check.production;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.userservice.architecture.Hexagon.Adapter;
import io.userservice.architecture.Hexagon.Technology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The adapters: strangers to each other, guests of the application, each with its technology. */
final class AdapterRules {
  private AdapterRules() {}

  static List<Rule> of(Hexagon hexagon) {
    var rules = new ArrayList<Rule>();
    rules.add(
        new Rule(
            "A1",
            "no adapter knows another",
            "each must be replaceable alone",
            "what two of them need belongs inside",
            Decisions.HEXAGON,
            production(
                slices()
                    .matching(hexagon.base() + ".adapter.(*)..")
                    .should()
                    .notDependOnEachOther())));
    rules.add(
        new Rule(
            "A2",
            "adapters know the ports, what is published and the domain, and nothing else of ours",
            "what an adapter knows can't be changed without it",
            "ask for a port; let bootstrap hand it in",
            Decisions.HEXAGON,
            production(
                noClasses()
                    .that()
                    .resideInAPackage(hexagon.room("adapter"))
                    .should()
                    .dependOnClassesThat(
                        resideInAPackage(hexagon.base() + "..")
                            .and(
                                resideOutsideOfPackages(
                                    hexagon.room("adapter"), // of another one: A1
                                    hexagon.room("application.driving"),
                                    hexagon.room("application.driven"),
                                    hexagon.room("application.published"),
                                    hexagon.room("domain")))))));
    hexagon.technologies().forEach(technology -> rules.add(staysHome(hexagon, technology)));
    if (!hexagon.adapters().isEmpty()) {
      rules.add(
          new Rule(
              "A4",
              "the public top-level types of an adapter are exactly its doors",
              "what is public will be used, and can't be changed any more",
              "make it package-private; a real door is added to the shape of the service",
              Decisions.DOORS,
              code -> Finding.of(hexagon.adapters(), adapter -> doors(hexagon, adapter, code))));
    }
    rules.addAll(GeneratedRules.of(hexagon));
    return rules;
  }

  private static Rule staysHome(Hexagon hexagon, Technology technology) {
    var rooms = technology.rooms().stream().map(hexagon::room).toArray(String[]::new);
    return new Rule(
        "A3." + technology.name().toLowerCase(Locale.ROOT),
        technology.name() + " stays in " + String.join(" and ", technology.rooms()),
        "a technology in one place can be replaced, in two places it is the architecture",
        "speak of it in your own types, and translate where it stays",
        Decisions.HEXAGON,
        production(
            noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(technology.packages().toArray(String[]::new))));
  }

  private static Stream<String> doors(Hexagon hexagon, Adapter adapter, Code code) {
    var home = hexagon.base() + ".adapter." + adapter.name();
    var open =
        code.in(home + "..").stream()
            .filter(type -> type.isTopLevelClass() && isPublic(type))
            .filter(type -> !GeneratedRules.isGenerated(type))
            .collect(Collectors.toMap(type -> type.getName().substring(home.length() + 1), t -> t));
    var missing = new TreeSet<>(adapter.doors());
    missing.removeAll(open.keySet());
    return Stream.concat(
        open.entrySet().stream()
            .filter(type -> !adapter.doors().contains(type.getKey()))
            .map(type -> Place.of(type.getValue()) + " is public and no door"),
        missing.stream().map(door -> "%s.%s is a door, and not there".formatted(home, door)));
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }
}
