package io.userservice.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/** The rule catalogue. */
final class RulesPage {
  private RulesPage() {}

  static String text(List<Rule> rules) {
    return """
    # Rules

    %d rules, each held by `RulesHoldTest` on the whole code, and each proven by `RulesBiteTest` to catch the code that breaks it on purpose. They are usable
    at any base package: `HexagonRules.of(Hexagon.at("com.example.shop"))`.

    | rule | holds | because | instead | decided | caught |
    |---|---|---|---|---|---|
    %s
    """
        .formatted(
            rules.size(), rules.stream().map(RulesPage::row).collect(Collectors.joining("\n")));
  }

  private static String row(Rule rule) {
    return "| **%s** | %s | %s | %s | [%d](../decisions/%s) | [%s](../../architecture-tests/%s) |"
        .formatted(
            rule.id(),
            rule.sentence(),
            rule.because(),
            rule.instead(),
            rule.decision(),
            record(rule.decision()),
            new Violation(rule).name(),
            new Violation(rule).folder());
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
