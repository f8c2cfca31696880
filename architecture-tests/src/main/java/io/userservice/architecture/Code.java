package io.userservice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The classes that are judged, as Maven left them on disk.
 *
 * @param production what is shipped
 * @param tests what tests it
 * @param all both
 */
public record Code(JavaClasses production, JavaClasses tests, JavaClasses all) {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");

  /**
   * Reads the class folders of Maven modules. Each must have production classes, and each class
   * file must come out as a class: what isn't read can't be judged.
   */
  public static Code ofModules(Collection<Path> modules) {
    var main = modules.stream().map(module -> module.resolve(CLASSES)).toList();
    main.forEach(Code::demandClasses);
    var test =
        modules.stream().map(module -> module.resolve(TEST_CLASSES)).filter(Files::exists).toList();
    var folders = Stream.concat(main.stream(), test.stream()).toList();
    var all =
        new ClassFileImporter()
            .withImportOption(location -> !isTestsPackageInfo(location))
            .importPaths(folders);
    folders.forEach(folder -> demandAll(folder, all));
    return of(all, type -> main.stream().anyMatch(folder -> liesIn(folder, type)));
  }

  /** It has the name of production's, and a name can be read once only. */
  private static boolean isTestsPackageInfo(Location location) {
    return location.contains("/test-classes/") && location.contains("package-info.class");
  }

  /** Splits classes that were read some other way. */
  public static Code of(JavaClasses all, Predicate<JavaClass> isProduction) {
    return new Code(
        all.that(DescribedPredicate.describe("production", isProduction)),
        all.that(DescribedPredicate.describe("test", isProduction.negate())),
        all);
  }

  /** The production classes of a room, by its package pattern. */
  List<JavaClass> in(String room) {
    return production.stream().filter(resideInAPackage(room)).toList();
  }

  /** The production classes of a module. */
  public List<JavaClass> production(Path module) {
    return production.stream().filter(type -> liesIn(module.resolve(CLASSES), type)).toList();
  }

  /** The names of the classes that lie in a folder, by their files. */
  static List<String> classFiles(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void demandClasses(Path folder) {
    if (!Files.isDirectory(folder) || classFiles(folder).isEmpty()) {
      throw new IllegalStateException(
          "no classes in " + folder + ": compile the module, in the same run of Maven");
    }
  }

  private static void demandAll(Path folder, JavaClasses all) {
    var missing = new TreeSet<>(classFiles(folder));
    if (folder.endsWith(TEST_CLASSES)) {
      missing.removeIf(name -> name.endsWith(".package-info"));
    }
    all.stream()
        .filter(type -> liesIn(folder, type))
        .map(JavaClass::getName)
        .forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("could not read " + missing + " in " + folder);
    }
  }

  private static boolean liesIn(Path folder, JavaClass type) {
    var prefix = folder.toAbsolutePath().normalize().toUri().toString();
    return type.getSource().stream()
        .anyMatch(source -> source.getUri().toString().startsWith(prefix));
  }
}
