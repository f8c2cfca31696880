package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All SQL text of this module is in text blocks; what is told to people never is. */
final class SqlTextTest {
  private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\".*?\"\"\"", Pattern.DOTALL);

  /** A number, a fraction: in Persian, say, with digits that PostgreSQL doesn't know. */
  private static final Pattern LOCALIZED = Pattern.compile("%[-#+0,(\\d.$]*[defgt]");

  @Test
  void no_statement_depends_on_the_locale() throws IOException {
    try (var sources = Files.walk(Path.of("src/main/java"))) {
      var blocks = sources.filter(Files::isRegularFile).flatMap(SqlTextTest::blocks).toList();

      assertThat(blocks).hasSizeGreaterThan(10);
      assertThat(blocks).noneMatch(LOCALIZED.asPredicate());
    }
  }

  private static Stream<String> blocks(Path source) {
    return TEXT_BLOCK.matcher(text(source)).results().map(MatchResult::group);
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
