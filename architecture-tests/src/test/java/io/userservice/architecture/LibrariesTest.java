package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class LibrariesTest {
  private static final String STRANGERS = "io.userservice.architecture.strangers";

  private final Hexagon hexagon = House.SHAPE.withBase(STRANGERS);
  private final Code code = Code.of(new ClassFileImporter().importPackages(STRANGERS), _ -> true);

  @Test
  void a_library_that_nobody_listed_is_told_of() {
    assertThat(Libraries.unknown(hexagon, code))
        .containsExactly(
            "Library java.net.Socket is used in adapter.http, by %s.adapter.http.Mailer (Mailer.java:8), but Libraries.java doesn't list it"
                .formatted(STRANGERS));
  }

  @Test
  void a_library_that_has_gone_is_told_of() {
    assertThat(Libraries.gone(hexagon, code))
        .contains("Library picocli is used in bootstrap no more, but Libraries.java lists it");
  }

  @Test
  void there_is_no_picture_with_a_stranger() {
    assertThatThrownBy(() -> ContextDiagram.text(hexagon, code))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "Library java.net.Socket is used in adapter.http", "Why: ", "Instead: list it in");
  }
}
