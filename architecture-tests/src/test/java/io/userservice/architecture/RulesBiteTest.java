package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A rule that can't fail is none: for each there are classes, in the package below {@code
 * violations} that has its name in lower case, which break it.
 */
final class RulesBiteTest {

  @TestFactory
  Stream<DynamicTest> the_rule_bites_those_who_break_it() {
    return Rules.all().entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () -> {
                      var culprits =
                          new ClassFileImporter()
                              .importPackages(
                                  House.BASE
                                      + ".architecture.violations."
                                      + rule.getKey().toLowerCase(Locale.ROOT));
                      assertThat(culprits).as("classes that break the rule").isNotEmpty();
                      var result = rule.getValue().allowEmptyShould(true).evaluate(culprits);
                      assertThat(result.hasViolation()).as("the rule bites").isTrue();
                    }));
  }
}
