package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a driven port promises is what its contract tests: word for word, in both directions. */
final class PromiseRules {
  private static final Pattern PROMISE = Pattern.compile("(?s)<li>(.*?)(?=<li>|</ul>)");
  private static final Set<String> TESTS =
      Set.of(
          "Test",
          "ParameterizedTest",
          "RepeatedTest",
          "TestFactory",
          "TestTemplate",
          "Property",
          "Example");

  private PromiseRules() {}

  static Rule of(Hexagon hexagon) {
    return rule(hexagon).except(hexagon.names().withoutContract());
  }

  private static Rule rule(Hexagon hexagon) {
    return new Rule(
        "P7",
        "a driven port's promises, the lists in its Javadoc, and the tests of its contract are the"
            + " same, word for word",
        "a promise without a test is a hope, a test without a promise surprises whoever writes an"
            + " adapter",
        "write a sentence as <li> into the port's Javadoc, and a test of that name into"
            + " <Port>Contract, or what it extends",
        Decisions.HONEST_TESTS,
        code ->
            Finding.of(
                Ports.of(hexagon, code).driven().stream()
                    .filter(port -> !isExcepted(hexagon, port))
                    .toList(),
                port -> differences(code, port)));
  }

  static boolean isExcepted(Hexagon hexagon, JavaClass port) {
    return hexagon.names().withoutContract().contains(port.getSimpleName());
  }

  private static Stream<String> differences(Code code, JavaClass port) {
    var promised = promises(SourceFiles.text(port));
    var tested = tests(code, port);
    if (tested.isEmpty()) {
      return Stream.of(
          "%s has no %sContract with a test".formatted(Place.of(port), port.getSimpleName()));
    }
    return Stream.concat(
        without(promised, tested)
            .map(name -> "%s promises, untested: %s".formatted(Place.of(port), name)),
        without(tested, promised)
            .map(name -> "%s doesn't promise what is tested: %s".formatted(Place.of(port), name)));
  }

  private static Stream<String> without(Set<String> names, Set<String> others) {
    return names.stream().filter(name -> !others.contains(name));
  }

  /** The sentences of the list, as names of tests. */
  private static Set<String> promises(String source) {
    return PROMISE
        .matcher(source)
        .results()
        .map(found -> testName(found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String testName(String sentence) {
    return sentence
        .replaceAll("\\R\\s*\\*", " ") // how a comment goes on
        .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
        .replaceAll("['’-]", "")
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip()
        .replace(' ', '_')
        .toLowerCase(Locale.ROOT);
  }

  /** Of the suite and of what it extends: a long one is in several files. */
  private static Set<String> tests(Code code, JavaClass port) {
    return code.tests().stream()
        .filter(type -> type.getSimpleName().equals(port.getSimpleName() + "Contract"))
        .flatMap(type -> type.getAllMethods().stream())
        .filter(PromiseRules::isTest)
        .map(JavaMethod::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static boolean isTest(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(annotation -> TESTS.contains(annotation.getRawType().getSimpleName()));
  }
}
