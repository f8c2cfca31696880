package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the outer rooms use that isn't ours, and to which neighbour they speak with it. A library
 * that isn't listed is an error, so that no neighbour comes in unseen.
 */
final class Libraries {
  /** Whom one speaks to with a library that reaches no other process. */
  static final String NOBODY = "nobody";

  /** What any room may use; with the rest of the JDK one may leave the process. */
  private static final Set<String> LANGUAGE =
      Set.of(
          "java.io",
          "java.lang",
          "java.math",
          "java.net.URI",
          "java.net.URISyntaxException",
          "java.net.URLDecoder",
          "java.net.URLEncoder",
          "java.nio.ByteBuffer",
          "java.nio.CharBuffer",
          "java.nio.charset",
          "java.security",
          "java.time",
          "java.util",
          "org.jspecify.annotations",
          "org.slf4j");

  private static final Set<String> OTHER_PROGRAMS =
      Set.of("java.lang.Process", "java.lang.ProcessBuilder", "java.lang.foreign");

  /** By package, or class, in a room: a package with all below it. */
  private record Library(String room, String name, String neighbour) {}

  private static final List<Library> KNOWN =
      Stream.of(
              of("adapter.http", "REST clients", "io.javalin", "org.eclipse.jetty"),
              of("adapter.http", "REST clients", "jakarta.servlet"),
              of("adapter.http", "key server", "java.net.http"),
              of("adapter.http", NOBODY, "com.auth0.jwt", "com.fasterxml.jackson", "javax.crypto"),
              of("adapter.persistence", "PostgreSQL", "java.sql", "javax.sql", "org.postgresql"),
              of("adapter.persistence", "PostgreSQL", "org.jooq", "org.flywaydb"),
              of("adapter.persistence", NOBODY, "com.fasterxml.jackson"),
              of("adapter.nats", "NATS JetStream", "io.nats", "javax.net.ssl"),
              of("adapter.nats", "NATS JetStream", "java.net.Socket", "java.net.InetAddress"),
              of("adapter.nats", NOBODY, "java.nio.file"), // credentials
              of("bootstrap", "operators", "picocli"),
              of("bootstrap", "Prometheus", "io.micrometer"),
              of("bootstrap", "PostgreSQL", "com.zaxxer.hikari", "javax.sql"),
              of("bootstrap", NOBODY, "ch.qos.logback", "com.fasterxml.uuid", "java.nio.file"),
              of("bootstrap", NOBODY, "java.net.InetAddress", "java.net.UnknownHostException"))
          .flatMap(libraries -> libraries)
          .toList();

  private Libraries() {}

  private static Stream<Library> of(String room, String neighbour, String... names) {
    return Arrays.stream(names).map(name -> new Library(room, name, neighbour));
  }

  /** Whom the rooms speak to. */
  static Set<String> neighbours() {
    return KNOWN.stream()
        .map(Library::neighbour)
        .filter(neighbour -> !neighbour.equals(NOBODY))
        .collect(Collectors.toSet());
  }

  /** What is used and isn't known, each with a class that does so. */
  static List<String> unknown(Hexagon hexagon, Code code) {
    return rooms(hexagon)
        .flatMap(
            room ->
                used(hexagon, code, room).entrySet().stream()
                    .filter(use -> !isLanguage(use.getKey()))
                    .filter(use -> known(room).noneMatch(one -> covers(one, use.getKey())))
                    .map(use -> unlisted(room, use.getKey(), use.getValue())))
        .toList();
  }

  private static String unlisted(String room, String library, String user) {
    return "Library %s is used in %s, by %s, but Libraries.java doesn't list it"
        .formatted(library, room, user);
  }

  /** What is known and used no more. */
  static List<String> gone(Hexagon hexagon, Code code) {
    return rooms(hexagon)
        .flatMap(
            room -> {
              var used = used(hexagon, code, room).keySet();
              return known(room)
                  .filter(one -> used.stream().noneMatch(name -> covers(one, name)))
                  .map(
                      one ->
                          "Library %s is used in %s no more, but Libraries.java lists it"
                              .formatted(one, room));
            })
        .toList();
  }

  private static Stream<String> rooms(Hexagon hexagon) {
    return Stream.concat(
        hexagon.adapters().stream().map(adapter -> "adapter." + adapter.name()),
        Stream.of("bootstrap"));
  }

  private static Stream<String> known(String room) {
    return KNOWN.stream().filter(library -> library.room().equals(room)).map(Library::name);
  }

  private static boolean isLanguage(String name) {
    return LANGUAGE.stream().anyMatch(part -> covers(part, name))
        && OTHER_PROGRAMS.stream().noneMatch(part -> covers(part, name));
  }

  private static boolean covers(String library, String name) {
    return (name + ".").replace('$', '.').startsWith(library + ".");
  }

  private static Map<String, String> used(Hexagon hexagon, Code code, String room) {
    var used = new TreeMap<String, String>();
    for (var type : code.in(hexagon.room(room))) {
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> !target.isPrimitive())
          .map(JavaClass::getName)
          .filter(name -> !name.startsWith(hexagon.base() + "."))
          .forEach(name -> used.put(name, Place.of(type)));
    }
    return used;
  }
}
