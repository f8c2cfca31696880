package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that nobody here wrote: the OpenAPI Generator made it of the document, just before. It
 * is compiled here and not by the build, as it needn't be as clean as what we write.
 */
class GeneratedClientIT {
  private static final Path GENERATED = Path.of("target", "generated-client");
  private static final Path OURS = Path.of("src", "generated-client", "java");

  @TempDir private Path classes;

  @Test
  void a_generated_client_makes_a_round_trip() throws Exception {
    compile();

    try (var api = Api.start();
        var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      var service = URI.create("http://127.0.0.1:" + api.port());
      var seen = roundTrip(loader).apply(service, Api.token("acme"));

      assertThat(seen)
          .containsExactly(
              "created Ana 1 {team=blue}",
              "patched Ana M. 2 {team=blue}",
              "reset {}",
              "refused 412",
              "listed ana@example.org true",
              "end null",
              "gone 404",
              "user.deleted ana",
              "user.updated ana",
              "user.updated ana",
              "user.created ana");
    }
  }

  private void compile() throws IOException {
    var messages = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = Stream.concat(sources(GENERATED), sources(OURS)).toList();
      var options =
          List.of(
              "-proc:none",
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      var task =
          compiler.getTask(
              messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));

      assertThat(task.call()).as(() -> messages.toString()).isTrue();
    }
  }

  private static Stream<Path> sources(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    }
  }

  @SuppressWarnings("unchecked") // the compiler hasn't seen the class, but we have
  private static BiFunction<URI, String, List<String>> roundTrip(ClassLoader loader)
      throws ReflectiveOperationException {
    return (BiFunction<URI, String, List<String>>)
        loader.loadClass("io.userservice.client.RoundTrip").getDeclaredConstructor().newInstance();
  }
}
