package io.userservice.bootstrap;

import io.userservice.bootstrap.InvalidSettings.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads environment variables and collects what is wrong with them. A blank one counts as unset.
 */
final class Environment {
  private final Map<String, String> variables;
  private final List<Problem> problems = new ArrayList<>();

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  int integer(String name, int otherwise, int least, int most) {
    return text(name).map(found -> integer(name, found, least, most)).orElse(otherwise);
  }

  private int integer(String name, String found, int least, int most) {
    try {
      var value = Integer.parseInt(found);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // told below, like a number out of bounds
    }
    problem(name, "found '%s', accepted is an integer from %d to %d".formatted(found, least, most));
    return least;
  }

  boolean flag(String name, boolean otherwise) {
    return text(name)
        .map(
            found ->
                switch (found.toLowerCase(Locale.ROOT)) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> {
                    problem(name, "found '%s', accepted are true and false".formatted(found));
                    yield otherwise;
                  }
                })
        .orElse(otherwise);
  }

  <E extends Enum<E>> E choice(String name, E otherwise) {
    var choices = otherwise.getDeclaringClass().getEnumConstants();
    return text(name)
        .map(
            found ->
                Arrays.stream(choices)
                    .filter(choice -> wordFor(choice).equals(found.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseGet(
                        () -> {
                          var words =
                              Arrays.stream(choices)
                                  .map(Environment::wordFor)
                                  .collect(Collectors.joining(", "));
                          problem(name, "found '%s', accepted are %s".formatted(found, words));
                          return otherwise;
                        }))
        .orElse(otherwise);
  }

  private static String wordFor(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  void problem(String name, String detail) {
    problems.add(new Problem(name, detail));
  }

  /** Throws when there was anything wrong with what was read so far. */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }
}
