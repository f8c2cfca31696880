package io.userservice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.userservice.architecture.Rule.Check.production;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What holds in every room. */
final class HouseRules {
  private HouseRules() {}

  static List<Rule> of(Hexagon hexagon) {
    return List.of(
        new Rule(
            "H1",
            "no package is named util, common, impl, misc, helper, dto or manager",
            "such a room collects what has no place",
            "name it for what is in it",
            Decisions.DOORS,
            production(
                noClasses()
                    .should()
                    .resideInAnyPackage(
                        "..util..",
                        "..common..",
                        "..impl..",
                        "..misc..",
                        "..helper..",
                        "..dto..",
                        "..manager.."))),
        new Rule(
            "H2",
            "packages have no cycles",
            "two packages that need each other are one",
            "move what both need to a third, or turn the call around by an interface",
            Decisions.HEXAGON,
            production(
                slices()
                    .matching(hexagon.base() + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    // how a generator lays its classes out is its own affair
                    .ignoreDependency(
                        describe("generated", GeneratedRules::isGenerated),
                        describe("generated", GeneratedRules::isGenerated)))),
        new Rule(
                "H5",
                "a public type has a user in another package",
                "what nobody outside asks for is package-private: a reader needn't look further",
                "remove the word public; a type for other code bases is named in the shape",
                Decisions.DOORS,
                code -> Finding.of(publicTypes(code), type -> unused(hexagon, code, type)))
            .except(hexagon.names().published()),
        new Rule(
            "H6",
            "every package outside the domain is @NullMarked",
            "one that isn't lets null in without a word",
            "add a package-info.java with @NullMarked",
            Decisions.DOORS,
            code -> Finding.of(rooms(hexagon, code), type -> unmarked(code, type))));
  }

  private static List<JavaClass> publicTypes(Code code) {
    return code.production().stream()
        .filter(type -> type.isTopLevelClass() && !GeneratedRules.isGenerated(type))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .toList();
  }

  private static Stream<String> unused(Hexagon hexagon, Code code, JavaClass type) {
    var used =
        hexagon.names().published().contains(hexagon.name(type.getName()))
            || type.tryGetMethod("main", String[].class).isPresent()
            || code.production().stream()
                .filter(part -> isPartOf(type, part))
                .flatMap(part -> part.getDirectDependenciesToSelf().stream())
                .map(dependency -> dependency.getOriginClass())
                .filter(user -> code.production().contain(user.getName()))
                .anyMatch(user -> !user.getPackageName().equals(type.getPackageName()));
    return used
        ? Stream.empty()
        : Stream.of(Place.of(type) + " is used by no other package, but for tests");
  }

  private static boolean isPartOf(JavaClass whole, JavaClass part) {
    return part.equals(whole) || part.getName().startsWith(whole.getName() + "$");
  }

  /** The domain depends on java.base alone, so it can't have the annotation. */
  private static List<JavaClass> rooms(Hexagon hexagon, Code code) {
    return code.production().stream()
        .filter(type -> type.isTopLevelClass() && !GeneratedRules.isGenerated(type))
        .filter(type -> !BootstrapRules.isIn(hexagon, type, "domain"))
        .toList();
  }

  private static Stream<String> unmarked(Code code, JavaClass type) {
    var info = type.getPackageName() + ".package-info";
    var marked =
        code.production().contain(info)
            && code.production().get(info).isAnnotatedWith(NullMarked.class);
    return marked
        ? Stream.empty()
        : Stream.of(Place.of(type) + " is in a package without @NullMarked");
  }
}
