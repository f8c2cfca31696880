package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The pages in {@code docs/architecture} say what the code says: they are made from it, and the
 * build fails when the committed ones say anything else. {@code mvn verify -Pdocs} writes them.
 */
final class ArchitectureDocsTest {
  private static final Path FOLDER = House.ROOT.resolve("docs").resolve("architecture");
  private static final boolean WRITE = Boolean.getBoolean("docs.write");
  private static final List<String> DIAGRAMS = List.of("components", "context");

  /** Each is made when it is asked for, so that one that can't be made fails alone. */
  private static final Map<String, Supplier<String>> PAGES =
      Map.of(
          "README.md", () -> TitlePage.text(House.code()),
          "rules.md", () -> RulesPage.text(House.rules()),
          "ports.md", () -> PortsPage.text(House.SHAPE, House.code()),
          "events.md", () -> EventsPage.text(House.SHAPE, House.code()),
          "components.puml", () -> ComponentDiagram.text(House.SHAPE, House.code()),
          "context.puml", () -> ContextDiagram.text(House.SHAPE, House.code()));

  @TestFactory
  Stream<DynamicTest> what_is_written_is_what_is_there() {
    return PAGES.keySet().stream()
        .sorted()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertIsCommitted(name, page(name))));
  }

  private static String page(String name) {
    return Objects.requireNonNull(PAGES.get(name), name).get();
  }

  private static void assertIsCommitted(String name, String text) throws IOException {
    var file = FOLDER.resolve(name);
    if (WRITE) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    var written = Files.exists(file) ? Files.readString(file) : "";
    if (!written.equals(text)) {
      throw new AssertionError(
          """
          docs/architecture/%s isn't what the code says.
          %s
          Why: reviewers believe the page.
          Instead: if the code is meant so, mvn verify -Pdocs writes the page; else undo it.\
          """
              .formatted(name, difference(text, written)));
    }
  }

  private static String difference(String text, String written) {
    var lacking = onlyIn(text, written);
    var left = onlyIn(written, text);
    return lacking.isEmpty() && left.isEmpty()
        ? firstDifference(text, written)
        : "The code has, and the page lacks:\n%s\nThe page has, and the code lacks:\n%s"
            .formatted(lacking, left);
  }

  private static String onlyIn(String text, String other) {
    var lines = other.lines().collect(Collectors.toSet());
    return text.lines()
        .filter(line -> !lines.contains(line))
        .map(line -> "  - " + line)
        .collect(Collectors.joining("\n"));
  }

  /** Lines that stand in another order, twice, or that end in another way. */
  private static String firstDifference(String text, String written) {
    var expected = text.split("\n", -1);
    var actual = written.split("\n", -1);
    var first = Arrays.mismatch(expected, actual);
    return "The first line that differs is %d:\n  expected: %s\n  actual: %s"
        .formatted(first + 1, line(expected, first), line(actual, first));
  }

  private static String line(String[] lines, int number) {
    return number < lines.length ? lines[number].replace("\r", "\\r") : "(end of page)";
  }

  @TestFactory
  Stream<DynamicTest> each_picture_shows_its_text() {
    return DIAGRAMS.stream()
        .map(name -> DynamicTest.dynamicTest(name + ".svg", () -> assertPictureShowsText(name)));
  }

  private static void assertPictureShowsText(String name) throws IOException {
    var text = page(name + ".puml");
    var picture = FOLDER.resolve(name + ".svg");
    if (WRITE) {
      Files.writeString(picture, Picture.of(text));
    }
    assertThat(Picture.isOf(text, Files.readString(picture)))
        .as(
            """
            docs/architecture/%s.svg isn't what was drawn from the text that the code gives, %s.puml.
            Why: reviewers believe the picture.
            Instead: undo what was edited by hand; if the code has changed and is meant so, mvn verify -Pdocs draws it anew.
            """,
            name, name)
        .isTrue();
  }

  @Test
  void the_measures_get_no_worse() throws IOException {
    var measured = Metrics.of(House.SHAPE, House.code());
    var file = FOLDER.resolve("metrics.md");
    var ratchet = Ratchet.of(Files.exists(file) ? Files.readString(file) : "");

    demandNone(
        ratchet.exceededBy(measured),
        """
        docs/architecture/metrics.md allows less than this:
        %s
        Why: with each dependency too many, fewer packages can be changed alone.
        Instead: move the class that made it, or turn its dependency round. If it is meant so, as when a package was added on \
        purpose, raise what may be by hand in docs/architecture/metrics.md; mvn verify -Pdocs writes the rest.\
        """);
    demandNone(
        ratchet.missingFor(measured),
        """
        docs/architecture/metrics.md has no limit for this:
        %s
        Why: one that was made up would allow whatever is there.
        Instead: get the page back by git; for a new module write its row by hand, | name | 0 | 0 | 0 | 1.00 |, and \
        mvn verify -Pdocs turns it down.\
        """);
    assertIsCommitted("metrics.md", measured.text(ratchet.turned(measured)));
  }

  private static void demandNone(List<String> found, String message) {
    if (!found.isEmpty()) {
      throw new AssertionError(message.formatted("  - " + String.join("\n  - ", found)));
    }
  }

  @Test
  void nothing_else_lies_among_the_pages() throws IOException {
    var known =
        Stream.concat(
                Stream.concat(PAGES.keySet().stream(), Stream.of("metrics.md")),
                DIAGRAMS.stream().map(name -> name + ".svg"))
            .toList();
    try (var files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as(
              """
              A file lies in docs/architecture that isn't made from the code.
              Why: a page that is written by hand grows old there, where readers believe it.
              Instead: move it to docs, or add what makes it to ArchitectureDocsTest.java.
              """)
          .isSubsetOf(known);
    }
  }
}
