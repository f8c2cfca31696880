package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a check found.
 *
 * @param looked how many subjects it looked at
 * @param breaches where the rule is broken, one line each, with the place in the source
 */
public record Finding(int looked, List<String> breaches) {
  public Finding {
    breaches = List.copyOf(breaches);
  }

  /** The breaches of each subject. */
  static <T> Finding of(Collection<T> subjects, Function<T, Stream<String>> breaches) {
    return new Finding(subjects.size(), subjects.stream().flatMap(breaches).sorted().toList());
  }

  /** What ArchUnit finds. */
  static Finding of(ArchRule rule, JavaClasses classes) {
    try {
      var report = rule.allowEmptyShould(false).evaluate(classes).getFailureReport();
      return new Finding(classes.size(), report.getDetails());
    } catch (AssertionError noneIsASubject) { // ArchUnit has no other way to say so
      return new Finding(0, List.of());
    }
  }
}
