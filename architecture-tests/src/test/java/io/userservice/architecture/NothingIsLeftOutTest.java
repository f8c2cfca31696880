package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A rule is blind for a class that wasn't read; so count them. */
final class NothingIsLeftOutTest {
  static final Iterable<String> MODULES = House.MODULES;

  @ParameterizedTest
  @FieldSource("MODULES")
  void as_many_classes_are_read_as_lie_in_the_module(String module) throws IOException {
    var folder = House.folder(module);
    var read =
        House.classes().stream()
            .filter(
                type -> type.getSource().orElseThrow().getUri().getPath().startsWith(folder + "/"))
            .count();

    assertThat(read).isPositive().isEqualTo(classFilesIn(folder));
  }

  @Test
  void every_module_of_the_build_is_looked_at() throws IOException {
    var pom = Files.readString(Path.of("..", "pom.xml"));
    var modules =
        pom.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("<module>"))
            .map(line -> line.replaceAll("</?module>", ""))
            .filter(module -> !module.equals("architecture-tests"))
            .toList();

    assertThat(House.MODULES).containsExactlyElementsOf(modules);
  }

  private static long classFilesIn(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class"))
          .filter(name -> !name.equals("module-info.class"))
          .count();
    }
  }
}
