package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;

/** Where something is, as a development environment makes a link of it. */
final class Place {
  private Place() {}

  static String of(JavaClass type) {
    return "%s (%s:1)".formatted(type.getName(), file(type));
  }

  static String of(JavaClass type, int line) {
    return "%s (%s:%d)".formatted(type.getName(), file(type), line);
  }

  private static String file(JavaClass type) {
    return type.getSource().flatMap(source -> source.getFileName()).orElse(type.getSimpleName());
  }
}
