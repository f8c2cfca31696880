package io.userservice.architecture;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** The rule catalogue. */
final class RulesPage {
  /** Of which a rule's name begins with the letter. */
  private record Part(String letter, String title) {
    boolean has(Rule rule) {
      return rule.id().startsWith(letter);
    }
  }

  private static final List<Part> PARTS =
      List.of(
          new Part("D", "The domain"),
          new Part("P", "Ports"),
          new Part("U", "Use cases"),
          new Part("A", "Adapters"),
          new Part("B", "Bootstrap"),
          new Part("H", "Everywhere"));

  private RulesPage() {}

  static String text(List<Rule> rules) {
    for (var rule : rules) {
      if (PARTS.stream().noneMatch(part -> part.has(rule))) {
        throw new AssertionError("rule %s is of no part of RulesPage".formatted(rule.id()));
      }
    }
    return """
    # Rules

    %d rules, each held by `RulesHoldTest` on the code of the service and its tests, and each proven by `RulesBiteTest` to catch the code that breaks it on purpose. They are usable
    at any base package: `HexagonRules.of(Hexagon.at("com.example.shop"))` makes %d of them, the others come with the names that the shape is told.
    %s
    """
        .formatted(
            rules.size(),
            HexagonRules.of(Hexagon.at("com.example.shop")).size(),
            PARTS.stream().map(part -> text(part, rules)).collect(joining("\n")));
  }

  private static String text(Part part, List<Rule> rules) {
    return """

    ## %s

    | rule | holds | because | instead | decided | caught |
    |---|---|---|---|---|---|
    %s\
    """
        .formatted(
            part.title(),
            rules.stream()
                .filter(part::has)
                .sorted(comparing(Rule::id))
                .map(RulesPage::row)
                .collect(joining("\n")));
  }

  private static String row(Rule rule) {
    return "| **%s** | %s | %s | %s | [%d](../decisions/%s) | [%s](../../architecture-tests/%s) |"
        .formatted(
            rule.id(),
            holds(rule),
            rule.because(),
            rule.instead(),
            rule.decision(),
            record(rule.decision()),
            new Violation(rule).name(),
            new Violation(rule).folder());
  }

  private static String holds(Rule rule) {
    return rule.except().isEmpty()
        ? rule.sentence()
        : rule.sentence()
            + rule.except().stream().map("`%s`"::formatted).collect(joining(", ", "; except ", ""));
  }

  private static String record(int number) {
    try (var records = Files.list(House.ROOT.resolve("docs").resolve("decisions"))) {
      return records
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("%04d-".formatted(number)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no decision record " + number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
