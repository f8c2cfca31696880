package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where Maven keeps the sources of the class files that it writes. */
final class SourceFiles {
  private static final List<String> BY_HAND = List.of("src/main/java", "src/test/java");

  private SourceFiles() {}

  /** Whether the class comes from a source file that somebody wrote. */
  static boolean byHand(JavaClass type) {
    var module = module(type);
    var file =
        type.getPackageName().replace('.', '/')
            + "/"
            + type.getSource().flatMap(source -> source.getFileName()).orElse("none");
    return BY_HAND.stream().anyMatch(root -> Files.exists(module.resolve(root).resolve(file)));
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
