package io.userservice.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A rule is blind for what wasn't read; so count, and let nothing be skipped in silence. */
final class NothingIsLeftOutTest {
  static final Iterable<String> MODULES = House.MODULES;
  static final Iterable<Map.Entry<String, String>> ROOMS = House.ROOMS.entrySet();

  @TempDir private Path module;

  @ParameterizedTest
  @FieldSource("MODULES")
  void as_many_classes_are_read_as_lie_in_the_module(String name) {
    assertThat(read(name))
        .as(
            """
            Classes of %s that lie in its target/classes weren't read.
            Why: what isn't read is judged by no rule.
            Instead: build it in this run of Maven; if it was, correct what House.java or Code.java leaves out.
            """,
            name)
        .isNotEmpty()
        .containsExactlyElementsOf(
            Code.classFiles(House.module(name).resolve("target").resolve("classes")));
  }

  /** Folders under mvn test, jars under mvn verify: the rules see the same classes. */
  @ParameterizedTest
  @FieldSource("MODULES")
  void what_is_read_is_what_lies_on_the_class_path(String name) throws Exception {
    assertThat(read(name))
        .as(
            """
            Rules read target/classes of %s, which isn't what is on the class path.
            Why: they would judge other classes than those that run.
            Instead: build both in one run of Maven.
            """,
            name)
        .containsExactlyElementsOf(onTheClassPath(read(name).getFirst()));
  }

  @Test
  void every_module_of_the_build_is_looked_at() throws IOException {
    var modules =
        Files.readAllLines(House.ROOT.resolve("pom.xml")).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("<module>"))
            .map(line -> line.replaceAll("</?module>", ""))
            .filter(module -> !module.equals("architecture-tests"))
            .toList();

    assertThat(House.MODULES)
        .as(
            """
            MODULES in House.java isn't the list of modules in pom.xml.
            Why: a module that isn't on it is judged by no rule.
            Instead: list the module there, in the order of pom.xml, with its package in ROOMS; or strike it off.
            """)
        .containsExactlyElementsOf(modules);
  }

  @Test
  void every_module_with_tests_has_them_read() {
    assertThat(House.MODULES)
        .allSatisfy(
            name ->
                assertThat(House.code().tests().stream())
                    .as(
                        """
                        No test class of %s was read.
                        Why: rules on tests are blind for the whole module.
                        Instead: give it a test, and compile its tests in this run of Maven, without -Dmaven.test.skip.
                        """,
                        name)
                    .anyMatch(type -> file(type).startsWith(House.module(name))));
  }

  /** ArchUnit reads both, and keeps silent about what they tell it to. */
  @ParameterizedTest
  @ValueSource(strings = {"/archunit_ignore_patterns.txt", "/archunit.properties"})
  void nothing_on_the_class_path_silences_a_rule(String name) {
    assertThat(NothingIsLeftOutTest.class.getResource(name))
        .as(
            """
            %s lies on the class path.
            Why: ArchUnit obeys it and lets breaches pass in silence.
            Instead: delete it; an exception that is meant so is named in House.java.
            """,
            name)
        .isNull();
  }

  /** A rule looks into rooms: what lies in none is judged by few. */
  @ParameterizedTest
  @FieldSource("ROOMS")
  void every_class_of_a_module_lies_in_its_room(Map.Entry<String, String> room) {
    var home = House.SHAPE.base() + "." + room.getValue() + ".";
    var types =
        House.code().all().stream()
            .filter(type -> file(type).startsWith(House.module(room.getKey())))
            .toList();
    assertThat(types).as("classes read of %s", room.getKey()).isNotEmpty();
    assertThat(types.stream().filter(type -> !(type.getPackageName() + ".").startsWith(home)))
        .extracting(Place::of)
        .as(
            """
            A class of %s lies outside of its room, %s
            Why: most rules look into rooms, so they don't see it.
            Instead: move it there; if the room itself has moved, correct ROOMS in House.java.
            """,
            room.getKey(), House.SHAPE.room(room.getValue()))
        .isEmpty();
  }

  @Test
  void every_module_has_a_room() {
    assertThat(House.ROOMS)
        .as(
            """
            ROOMS in House.java hasn't the same modules as MODULES.
            Why: nobody sees whether the classes of a module without a room lie where rules look.
            Instead: name the module's package in ROOMS, or strike the module off it.
            """)
        .containsOnlyKeys(House.MODULES);
  }

  @Test
  void a_module_that_is_not_compiled_is_an_error() {
    assertThatThrownBy(() -> Code.ofModules(List.of(module)))
        .hasMessageContaining("no classes in")
        .hasMessageContaining("compile the module");
  }

  @Test
  void a_class_that_can_not_be_read_is_an_error() throws IOException {
    var classes = Files.createDirectories(module.resolve("target").resolve("classes"));
    Files.writeString(classes.resolve("Broken.class"), "no class file");

    assertThatThrownBy(() -> Code.ofModules(List.of(module)))
        .hasMessageContaining("could not read [Broken]");
  }

  @Test
  void the_importer_has_nothing_to_warn_of() {
    var importer = (Logger) LoggerFactory.getLogger("com.tngtech.archunit");
    var warnings = new ListAppender<ILoggingEvent>();
    warnings.start();
    importer.addAppender(warnings);
    try {
      Code.ofModules(House.MODULES.stream().map(House::module).toList());
    } finally {
      importer.detachAppender(warnings);
    }
    assertThat(warnings.list)
        .as(
            """
            ArchUnit warns of what it reads.
            Why: it goes on with what it understood, and no rule judges the rest.
            Instead: do as the warning says: correct the class file or the path, or take an ArchUnit that reads this Java.
            """)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
  }

  /** An exception that outlives its class would be waiting for the next class of that name. */
  @Test
  void whatever_the_shape_names_is_there() {
    var names = House.SHAPE.names();
    var ours =
        Stream.of(
                names.catchAll(),
                names.chance(),
                names.published(),
                names.skippingTests(),
                names.files(),
                names.logging(),
                names.values())
            .flatMap(Set::stream);
    var ports =
        Stream.concat(
                names.withoutContract().stream(),
                Stream.concat(
                    House.SHAPE.reserved().stream().map(Hexagon.Reserved::port),
                    House.SHAPE.apart().stream()
                        .flatMap(pair -> Stream.of(pair.one(), pair.other()))))
            .map(port -> "application.driven." + port);

    assertThat(gone(Stream.concat(ours, ports), House.code().all()::contain))
        .as(
            """
            House.java makes an exception for a class that isn't there.
            Why: it waits for the next class of that name, which nobody decided on.
            Instead: strike it off in House.java, or give it the class's new name.
            """)
        .isEmpty();
    assertThat(
            gone(
                House.SHAPE.reserved().stream().flatMap(port -> port.users().stream()),
                name ->
                    House.code().all().contain(name)
                        || House.code().production().containPackage(name)))
        .as(
            """
            House.java reserves a port for a class or package that isn't there.
            Why: whoever gets that name may call the port, and nobody decided so.
            Instead: correct withReserved in House.java.
            """)
        .isEmpty();
  }

  private static List<String> gone(Stream<String> names, Predicate<String> isThere) {
    return names
        .map(name -> House.SHAPE.base() + "." + name)
        .filter(isThere.negate())
        .sorted()
        .toList();
  }

  private static List<String> read(String module) {
    return House.code().production(House.module(module)).stream()
        .map(JavaClass::getName)
        .sorted()
        .toList();
  }

  private static Path file(JavaClass type) {
    return Path.of(type.getSource().orElseThrow().getUri());
  }

  private static List<String> onTheClassPath(String name)
      throws IOException, URISyntaxException, ClassNotFoundException {
    var type = Class.forName(name, false, NothingIsLeftOutTest.class.getClassLoader());
    var place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return Code.classFiles(place);
    }
    try (var jar = new JarFile(place.toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.endsWith(".class") && !entry.endsWith("module-info.class"))
          .map(entry -> entry.substring(0, entry.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .toList();
    }
  }
}
