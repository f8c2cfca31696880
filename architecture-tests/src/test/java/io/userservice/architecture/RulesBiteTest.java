package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A rule that can't fail is none: each is broken on purpose, and says what, where, why, instead.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class RulesBiteTest {
  private static final Path[] FOLDERS = {
    Path.of("src", "test", "java", "io", "userservice", "architecture", "violations"),
    Path.of("src", "test", "resources", "violations")
  };

  private final Map<String, String> told = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> the_rule_bites_those_who_break_it() {
    return House.rules().stream()
        .map(Violation::new)
        .map(
            violation ->
                DynamicTest.dynamicTest(
                    violation.rule().id(),
                    () ->
                        assertThatThrownBy(() -> violation.rebased().check(violation.code()))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContainingAll(
                                "Rule %s is broken: ".formatted(violation.rule().id()),
                                "Where:\n  - ",
                                violation.base() + ".",
                                ".java:",
                                "Why: " + violation.rule().because(),
                                "Instead: " + violation.rule().instead(),
                                "Decided in record %d".formatted(violation.rule().decision()))));
  }

  /** Where a breach has several forms, catching one of them isn't enough. */
  @ParameterizedTest
  @CsvSource({
    "D1, domain.Logs",
    "D1, domain.Dials.dial",
    "D1, domain.Dials.write",
    "D1, domain.Dials.callForeign",
    "U1, application.Chatty",
    "U1, application.published.PublishedLanguage.any",
    "H3.logging, adapter.Murmurs.log(",
    "H3.logging, adapter.Murmurs.logOldWay(",
    "H3.logging, adapter.Murmurs.print(",
    "H3.logging, adapter.Murmurs.dump(",
    "D3.threads, domain.Ambient",
    "D3.threads, domain.Waits.program>",
    "D3.threads, domain.Waits.log>",
    "D3.threads, domain.Waits.tenant>",
    "D3, application.Ends.exit(",
    "D3, application.Ends.processors(",
    "D3, application.Ends.start(",
    "D3, application.Ends.isFlagged(",
    "H3.clock, adapter.OtherWatch.date(",
    "H3.clock, adapter.OtherWatch.calendar(",
    "H3.clock, adapter.OtherWatch.gregorian(",
    "H3.clock, adapter.OtherWatch.japanese(",
    "H3.clock, adapter.OtherWatch.zone(",
    "H3.clock, adapter.OtherWatch.oldZone(",
    "H3.clock, adapter.OtherWatch.locale(",
    "H3.clock, adapter.OtherWatch.timer(",
    "H3.chance, adapter.OtherDice.shuffle(",
    "H3.chance, adapter.OtherDice.roll(",
    "H3.chance, adapter.OtherDice.strong(",
    "H3.chance, adapter.OtherDice.named(",
    "H3.reflection, adapter.ByOtherNames.load(",
    "H3.reflection, adapter.ByOtherNames.services(",
    "H3.reflection, adapter.ByOtherNames.read(",
    "B1.environment, adapter.OtherReader.isFlagged(",
    "B1.environment, adapter.OtherReader.size(",
    "B1.environment, adapter.OtherReader.limit(",
    "U3, application.Passes.on()",
    "U3, application.Asks.on()",
    "U3, application.Asks.later()",
    "P8, adapter.http.Doorway",
    "P8, adapter.http.Holder",
    "P4, adapter.persistence.OtherStore ",
    "P4, adapter.persistence.DraftStore ",
    "P4, adapter.persistence.Forgets ",
    "P7, application.driven.Store ",
    "P7, application.driven.Silent ",
    "H3.catch, adapter.Swallows ",
    "H3.catch, adapter.SwallowsAgain ",
    "H3.process, adapter.Quits.exit(",
    "H3.process, adapter.Quits.halt(",
    "H3.process, adapter.Quits.hook(",
    "H3.process, adapter.Quits.start(",
    "H3.process, adapter.Quits.redirect(",
    "H3.process, adapter.Quits.speak(",
    "H3.process, adapter.Quits.travel(",
    "H3.process, adapter.Quits.bury(",
    "D3, domain.Alters.property(",
    "D3, domain.Alters.chance(",
    "H3.streams, adapter.PrintsAgain.console(",
    "H3.streams, adapter.PrintsAgain.descriptor(",
    "H3.static, adapter.Singleton.count ",
    "H3.static, adapter.Dates.BEGIN ",
    "H3.static, adapter.Dates.FORMAT ",
    "H3.static, adapter.Dates.SUM ",
    "H4.names, adapter.http.WindowTest.it_can_be_cleaned",
    "H4.names, adapter.http.WindowTest$OpenedTest ",
    "H4.names, adapter.http.WindowTest$ShutTest ",
    "H3.chance, adapter.OtherDice.key(",
    "H3.static, adapter.Tables.FIRST ",
    "H3.static, adapter.Tables.EXECUTOR ",
    "H3.static, adapter.Tables.BUFFER ",
    "H3.static, adapter.Tables.LOCK ",
    "H3.static, adapter.Tables.COUNTS ",
    "H3.static, adapter.Tables.DIGITS ",
    "H4.skip, adapter.http.MaybeTest.maybe",
    "H4.skip, adapter.http.PerhapsTest.perhaps",
    "H4.skip, adapter.http.PerhapsTest (PerhapsTest.java:7) has",
    "A2, adapter.Meddler",
    "A2, adapter.Collector",
    "P4, adapter.persistence.SqlStore",
    "P4, application.testkit.ForgetfulStore",
    "P6, application.driven.Log.append() declares java.sql.SQLException (Log.java:",
    "P6, adapter.persistence.SqlStore.save()",
    "P6, adapter.persistence.DiskFull (",
    "P7, 'application.driven.Store (Store.java:1) promises, untested: what_was_kept_survives_a'",
    "P7, 'application.driven.Store (Store.java:1) doesn''t promise what is tested: nothing_is'",
    "H3.synchronized, adapter.Holds (Holds.java:11) calls read",
    "H3.synchronized, adapter.LeavesEarly (LeavesEarly.java:16) calls read",
    "H3.synchronized, adapter.HoldsAgain (HoldsAgain.java:19) calls read",
    "H3.synchronized, adapter.HoldsForOthers (HoldsForOthers.java:9) calls run",
    "H3.static, adapter.Shared.count",
    "H3.static, adapter.Hidden.TABLE",
    "H3.static, adapter.Hidden.COUNT",
    "H3.static, adapter.Hidden.NAMES",
    "H3.static, adapter.Hidden.MAYBE",
  })
  void each_form_of_the_breach_is_caught(String id, String where) {
    assertThat(told(id)).contains(violation(id).base() + "." + where);
  }

  @TestFactory
  Stream<DynamicTest> the_rule_refuses_to_judge_nothing() {
    var nothing = Code.of(new ClassFileImporter().importPackages("no.such.package"), _ -> true);
    return House.rules().stream()
        .filter(rule -> !rule.id().equals("A4")) // looks at the doors, of which none is there
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.id(),
                    () ->
                        assertThatThrownBy(() -> rule.check(nothing))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageNotContaining("is broken")));
  }

  /** And what only looks like one is none. */
  @ParameterizedTest
  @CsvSource({
    "H3.synchronized, calls mark",
    "H3.static, adapter.Hidden.CLOSED",
    "D1, domain.Dials.canonical",
    "U1, PublishedLanguage.first",
    "H3.clock, OtherWatch.told",
    "U3, application.Asks.made()",
    "U3, application.Answers.again()> in",
    "P8, Import",
    "P4, ProvenStore",
    "H3.catch, Closes",
    "H3.static, adapter.Tables.CLOSED",
    "H3.static, adapter.Tables$Size",
    "P7, what_was_kept_is_found",
  })
  void what_lies_beside_the_breach_is_let_be(String id, String what) {
    assertThat(told(id)).contains("is broken").doesNotContain(what);
  }

  /** What the rule says of those who break it; to read them takes longer than all else here. */
  private String told(String id) {
    return told.computeIfAbsent(
        id,
        _ -> {
          var violation = violation(id);
          var broken = catchThrowable(() -> violation.rebased().check(violation.code()));
          assertThat(broken).as(id).isNotNull();
          return broken.getMessage();
        });
  }

  private static Violation violation(String id) {
    return House.rules().stream()
        .filter(rule -> rule.id().equals(id))
        .map(Violation::new)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void each_rule_comes_from_a_decision_on_record() throws IOException {
    try (var records = Files.list(House.ROOT.resolve("docs").resolve("decisions"))) {
      var numbers =
          records
              .map(record -> record.getFileName().toString())
              .filter(name -> name.matches("\\d{4}-.*"))
              .map(name -> Integer.valueOf(name.substring(0, 4)))
              .toList();
      assertThat(House.rules()).extracting(Rule::decision).isSubsetOf(numbers);
    }
  }

  @Test
  void each_rule_has_an_id_of_its_own_and_each_violation_a_rule() throws IOException {
    var names = House.rules().stream().map(rule -> new Violation(rule).name()).toList();
    assertThat(names).doesNotHaveDuplicates();
    for (var folder : FOLDERS) {
      try (var violations = Files.list(folder)) {
        assertThat(violations.map(path -> path.getFileName().toString())).isSubsetOf(names);
      }
    }
  }
}
