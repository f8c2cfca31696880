package com.example.signup.bootstrap;

import io.userservice.architecture.Code;
import io.userservice.architecture.Hexagon;
import io.userservice.architecture.HexagonRules;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The user service's rules hold in our house too. */
final class HouseRulesTest {

  @TestFactory
  Stream<DynamicTest> we_keep_the_rule() {
    var shape = Hexagon.at("com.example.signup").withAdapter("users", "UserServiceAccounts");
    var code = Code.ofModules(List.of(Path.of("")));
    return HexagonRules.of(shape).stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(rule.id() + " " + rule.sentence(), () -> rule.check(code)));
  }
}
