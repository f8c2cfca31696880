package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests: they prove what is promised, and pretend nothing. */
final class TestRules {
  private static final Pattern SLEEP =
      Pattern.compile("java\\.lang\\.Thread\\.sleep|java\\.util\\.concurrent\\.TimeUnit\\.sleep");
  private static final Pattern MOCKS =
      Pattern.compile(
          "(org\\.(mockito|easymock|jmock|powermock)|io\\.mockk|mockit)\\..*"
              + "|java\\.lang\\.reflect\\.(Proxy|InvocationHandler)");
  private static final Pattern SKIPPING =
      Pattern.compile(
          "org\\.junit\\.jupiter\\.api\\.Assumptions|org\\.assertj\\.core\\.api\\.Assumptions"
              + "|org\\.opentest4j\\.TestAbortedException"
              + "|org\\.junit\\.jupiter\\.api\\.extension\\.(ExecutionCondition"
              + "|ConditionEvaluationResult)|net\\.jqwik\\.api\\.Assume");
  private static final Pattern SKIPPED =
      Pattern.compile(
          "org\\.junit\\.jupiter\\.api\\.(Disabled|condition\\.\\w+)|net\\.jqwik\\.api\\.Disabled");

  /** What Surefire and Failsafe look for. */
  private static final Pattern FOUND =
      Pattern.compile("Test.*|.*Tests?|.*TestCase|IT.*|.*IT|.*ITCase");

  private static final String NESTED = "org.junit.jupiter.api.Nested";

  private TestRules() {}

  static List<Rule> of(Hexagon hexagon) {
    return List.of(
        ProofRules.of(hexagon),
        PromiseRules.of(hexagon),
        new Rule(
            "H4.sleep",
            "no test sleeps",
            "a sleep is too long on a good day and too short on a bad one",
            "wait for the event: a latch, or Awaitility",
            Decisions.HONEST_TESTS,
            code -> Finding.of(code.tests().stream().toList(), type -> Calls.of(type, SLEEP))),
        new Rule(
            "H4.mocks",
            "no test uses mocks",
            "a mock agrees with whoever wrote it, an adapter in memory with the contract",
            "take the adapter in memory, or a small class of your own",
            Decisions.HONEST_TESTS,
            code ->
                Finding.of(
                    code.tests().stream().toList(), type -> TestRules.dependsOn(type, MOCKS))),
        new Rule(
                "H4.skip",
                "no test is skipped",
                "a test that doesn't run is green and proves nothing",
                "make it run everywhere, or delete it",
                Decisions.HONEST_TESTS,
                code ->
                    Finding.of(
                        code.tests().stream().filter(type -> !maySkip(hexagon, type)).toList(),
                        type -> Stream.concat(TestRules.dependsOn(type, SKIPPING), skipped(type))))
            .except(hexagon.names().skippingTests()),
        new Rule(
            "H4.names",
            "a class with tests has a name by which the build finds it, and tests that start",
            "a test that nobody starts is green for ever",
            "end its name with Test or IT, or make it abstract when others are to extend it; one"
                + " within another is @Nested and not static; a test isn't private",
            Decisions.HONEST_TESTS,
            code ->
                Finding.of(
                    code.tests().stream().toList(),
                    type -> Stream.concat(unfound(type), unstarted(type)))),
        new Rule(
            "H7",
            "tests lie in the package of what they test, or above it",
            "who looks for the test of a class finds it at its side, with the same rights",
            "move the test",
            Decisions.HONEST_TESTS,
            code ->
                Finding.of(
                    code.tests().stream().filter(JavaClass::isTopLevelClass).toList(),
                    type -> astray(code, type))));
  }

  private static Stream<String> dependsOn(JavaClass type, Pattern what) {
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> what.matcher(dependency.getTargetClass().getName()).matches())
        .map(dependency -> dependency.getDescription());
  }

  private static boolean maySkip(Hexagon hexagon, JavaClass type) {
    return hexagon.names().skippingTests().contains(hexagon.name(type.getName()));
  }

  private static Stream<String> skipped(JavaClass type) {
    var annotations =
        Stream.concat(
            type.getAnnotations().stream(),
            type.getMethods().stream().flatMap(method -> method.getAnnotations().stream()));
    return annotations
        .map(JavaAnnotation::getRawType)
        .filter(annotation -> SKIPPED.matcher(annotation.getName()).matches())
        .map(annotation -> "%s has @%s".formatted(Place.of(type), annotation.getSimpleName()));
  }

  private static Stream<String> unfound(JavaClass type) {
    return type.isTopLevelClass()
            && !type.getModifiers().contains(JavaModifier.ABSTRACT)
            && !FOUND.matcher(type.getSimpleName()).matches()
            && type.getAllMethods().stream().anyMatch(PromiseRules::isTest)
        ? Stream.of(Place.of(type) + " has tests, and isn't found by its name")
        : Stream.empty();
  }

  /** Its own: JUnit passes over these with a warning, or without. */
  private static Stream<String> unstarted(JavaClass type) {
    var tests = type.getMethods().stream().filter(PromiseRules::isTest).toList();
    var hidden =
        tests.stream()
            .filter(test -> test.getModifiers().contains(JavaModifier.PRIVATE))
            .map(
                test ->
                    "%s %s is private".formatted(test.getFullName(), test.getSourceCodeLocation()));
    var isPassedOver =
        !type.isTopLevelClass()
            && !tests.isEmpty()
            && !type.getModifiers().contains(JavaModifier.ABSTRACT)
            && (!type.isAnnotatedWith(NESTED) || type.getModifiers().contains(JavaModifier.STATIC));
    return isPassedOver
        ? Stream.concat(hidden, Stream.of(Place.of(type) + " has tests, and isn't @Nested"))
        : hidden;
  }

  private static Stream<String> astray(Code code, JavaClass test) {
    var packages =
        code.production().stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    if (packages.stream().noneMatch(name -> isBelow(test.getPackageName(), name))) {
      return Stream.of(Place.of(test) + " lies in a package that production doesn't have");
    }
    var subject = test.getSimpleName().replaceFirst("(Test|IT)$", "");
    var homes =
        code.production().stream()
            .filter(type -> type.isTopLevelClass() && type.getSimpleName().equals(subject))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    return subject.equals(test.getSimpleName())
            || homes.isEmpty()
            || homes.stream().anyMatch(home -> isBelow(home, test.getPackageName()))
        ? Stream.empty()
        : Stream.of("%s tests a class of %s".formatted(Place.of(test), homes));
  }

  private static boolean isBelow(String name, String above) {
    return (name + ".").startsWith(above + ".");
  }
}
