package io.userservice.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.ToolProvider;

/**
 * Classes that break a rule on purpose: a small house in the package below {@code violations} that
 * has the rule's id in lower case, {@code h3_catch} for {@code H3.catch}.
 */
record Violation(Rule rule) {
  private static final Path SOURCES = Path.of("src", "test", "resources", "violations");

  String name() {
    return rule.id().toLowerCase(Locale.ROOT).replace('.', '_');
  }

  /** Where its source lies, as seen from this module. */
  String folder() {
    return Files.exists(SOURCES.resolve(name()))
        ? "src/test/resources/violations/" + name()
        : "src/test/java/" + base().replace('.', '/');
  }

  String base() {
    return "io.userservice.architecture.violations." + name();
  }

  /** The rule as it is for the small house. */
  Rule rebased() {
    return HexagonRules.of(House.SHAPE.withBase(base())).stream()
        .filter(other -> other.id().equals(rule.id()))
        .findFirst()
        .orElseThrow();
  }

  Code code() {
    return Code.of(classes(), type -> !isTest(type));
  }

  private static boolean isTest(JavaClass type) {
    return type.getSimpleName().matches(".*(Test|Contract|Checks)")
        || type.getPackageName().endsWith(".testkit");
  }

  private JavaClasses classes() {
    return Files.exists(SOURCES.resolve(name()))
        ? new ClassFileImporter().importPath(compiled(SOURCES.resolve(name())))
        : new ClassFileImporter().importPackages(base());
  }

  /** What breaks a rule of Java outside modules is compiled as a module of its own. */
  private static Path compiled(Path sources) {
    try (var files = Files.walk(sources)) {
      var target = Path.of("target", "violations", sources.getFileName().toString());
      var javac = ToolProvider.getSystemJavaCompiler();
      var manager = javac.getStandardFileManager(null, Locale.ROOT, UTF_8);
      var units =
          manager.getJavaFileObjectsFromPaths(
              files.filter(file -> file.toString().endsWith(".java")).toList());
      var options = List.of("-d", target.toString());
      if (!javac.getTask(null, manager, null, options, null, units).call()) {
        throw new IllegalStateException("not compiled: " + sources);
      }
      manager.close();
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
