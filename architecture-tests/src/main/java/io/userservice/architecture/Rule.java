package io.userservice.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule: what holds, why, what to do when it is in the way, and who decided it.
 *
 * @param id short and stable, e.g. {@code D1} or {@code H3.catch}
 * @param sentence what holds
 * @param because why
 * @param instead what to do instead of breaking it
 * @param except for whom it doesn't hold: classes or rooms, as seen from the base package
 * @param decision the number of the decision record in this repository
 */
public record Rule(
    String id,
    String sentence,
    String because,
    String instead,
    List<String> except,
    int decision,
    Check check) {

  public Rule {
    except = except.stream().sorted().toList();
  }

  /** One that holds for all. */
  Rule(String id, String sentence, String because, String instead, int decision, Check check) {
    this(id, sentence, because, instead, List.of(), decision, check);
  }

  /** The same, with who is let off said where the rule is told. */
  Rule except(Collection<String> names) {
    return new Rule(id, sentence, because, instead, List.copyOf(names), decision, check);
  }

  /** Looks at code. */
  @FunctionalInterface
  public interface Check {
    /** What was found, after looking at something: a check that looks at nothing is an error. */
    Finding on(Code code);

    /** A rule of ArchUnit on what is shipped. */
    static Check production(ArchRule rule) {
      return code -> Finding.of(rule, code.production());
    }

    /** A rule of ArchUnit on the tests. */
    static Check tests(ArchRule rule) {
      return code -> Finding.of(rule, code.tests());
    }
  }

  /**
   * Whether the code keeps the rule.
   *
   * @throws AssertionError when it doesn't, or when there was nothing to judge
   */
  public void check(Code code) {
    var finding = check.on(code);
    if (finding.looked() == 0) {
      throw new AssertionError(
          "Rule %s looked at nothing, so it says nothing: is a package renamed, a module left out?"
              .formatted(id));
    }
    if (!finding.breaches().isEmpty()) {
      throw new AssertionError(message(finding));
    }
  }

  private String message(Finding finding) {
    return """
    Rule %s is broken: %s%s
    Where:
    %s
    Why: %s.
    Instead: %s.
    Decided in record %d of docs/decisions of user-service.\
    """
        .formatted(
            id,
            sentence,
            except.isEmpty() ? "" : ", except " + String.join(", ", except),
            finding.breaches().stream()
                .distinct()
                .map(breach -> "  - " + breach)
                .collect(Collectors.joining("\n")),
            because,
            instead,
            decision);
  }
}
