package io.userservice.architecture;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The house keeps its rules. */
final class RulesHoldTest {

  @TestFactory
  Stream<DynamicTest> the_house_keeps_the_rule() {
    return House.rules().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.id() + " " + rule.sentence(), () -> rule.check(House.code())));
  }
}
