package io.userservice.adapter.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Path PAGE = Path.of("..", "docs", "api.md");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z-]+)` \\| ([0-9]{3}) \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);

  @Test
  void the_page_for_users_of_the_API_lists_every_kind_of_problem_and_no_other() throws IOException {
    var listed =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();

    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values())
                .map(type -> type.slug() + " " + type.status())
                .toList());
  }
}
