package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;

/** Where something is, as a development environment makes a link of it. */
final class Place {
  private Place() {}

  /** Where its code begins; a class file doesn't say where it is declared. */
  static String of(JavaClass type) {
    return of(type, firstLine(type));
  }

  static String of(JavaClass type, int line) {
    return "%s (%s:%d)".formatted(type.getName(), file(type), line);
  }

  private static int firstLine(JavaClass type) {
    return type.getCodeUnits().stream()
        .mapToInt(unit -> unit.getSourceCodeLocation().getLineNumber())
        .filter(line -> line > 0)
        .min()
        .orElse(1); // an interface without code
  }

  private static String file(JavaClass type) {
    return type.getSource().flatMap(source -> source.getFileName()).orElse(type.getSimpleName());
  }
}
