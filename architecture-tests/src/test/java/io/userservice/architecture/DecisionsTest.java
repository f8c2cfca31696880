package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of decisions has each record, by the title that the record itself has. */
final class DecisionsTest {
  private static final Path FOLDER = House.ROOT.resolve("docs").resolve("decisions");
  private static final Pattern HEADING = Pattern.compile("# (\\d+)\\. (.*)");

  @Test
  void each_record_is_in_the_list_by_its_title() throws IOException {
    assertThat(Files.readAllLines(FOLDER.resolve("README.md")))
        .filteredOn(line -> line.startsWith("| ["))
        .containsExactlyElementsOf(records().stream().map(DecisionsTest::row).toList());
  }

  private static List<Path> records() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.getFileName().toString().startsWith("0")).sorted().toList();
    }
  }

  private static String row(Path record) {
    try (var lines = Files.lines(record)) {
      var heading = HEADING.matcher(lines.findFirst().orElse(""));
      assertThat(heading.matches()).as("%s begins with # <number>. <title>", record).isTrue();
      return "| [%s](%s) | %s |"
          .formatted(heading.group(1), record.getFileName(), heading.group(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
