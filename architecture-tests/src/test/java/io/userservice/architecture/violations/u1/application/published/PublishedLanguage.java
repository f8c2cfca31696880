package io.userservice.architecture.violations.u1.application.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** May read what lies beside it, and no file. */
final class PublishedLanguage {
  int first(String name) throws IOException {
    try (var in = PublishedLanguage.class.getResourceAsStream(name)) {
      return in == null ? -1 : in.read();
    }
  }

  String any(Path file) throws IOException {
    return Files.readString(file);
  }
}
