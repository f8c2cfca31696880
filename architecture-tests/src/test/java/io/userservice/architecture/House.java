package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;

/** The house as it is built: the class files of all modules, wherever Maven has put them. */
final class House {
  static final String BASE = "io.userservice";

  /** All modules with production classes. */
  static final List<String> MODULES =
      List.of(
          "domain",
          "application",
          "adapter-http-javalin",
          "adapter-persistence-jooq",
          "adapter-messaging-nats",
          "bootstrap");

  private House() {}

  /** Holds what takes seconds to read. */
  private static final class Imported {
    static final JavaClasses CLASSES = new ClassFileImporter().importPaths(folders());
  }

  /** All production classes. */
  static JavaClasses classes() {
    return Imported.CLASSES;
  }

  /** The folders with the class files of each module. */
  static List<Path> folders() {
    return MODULES.stream().map(House::folder).toList();
  }

  /** Beside this module, in the same reactor: so it is under mvn test and under mvn verify. */
  static Path folder(String module) {
    return Path.of("..", module, "target", "classes").toAbsolutePath().normalize();
  }
}
