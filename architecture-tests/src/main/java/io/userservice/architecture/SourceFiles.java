package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where Maven keeps the sources of the class files that it writes. */
final class SourceFiles {
  private static final List<String> BY_HAND = List.of("src/main/java", "src/test/java");

  private SourceFiles() {}

  /** Whether the class comes from a source file that somebody wrote. */
  static boolean byHand(JavaClass type) {
    return file(type).isPresent();
  }

  /** The source of the class's file. */
  static String text(JavaClass type) {
    var file =
        file(type).orElseThrow(() -> new IllegalStateException("no source of " + type.getName()));
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> file(JavaClass type) {
    var module = module(type);
    var name =
        type.getPackageName().replace('.', '/')
            + "/"
            + type.getSource().flatMap(source -> source.getFileName()).orElse("none");
    return BY_HAND.stream()
        .map(root -> module.resolve(root).resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  /** The folder above {@code target/classes}. */
  private static Path module(JavaClass type) {
    var file = Path.of(type.getSource().orElseThrow().getUri());
    var depth = type.getName().split("\\.").length;
    for (var i = 0; i < depth + 2; i++) {
      file = file.getParent();
    }
    return file;
  }
}
