package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped script in the places and with the options that people have. */
@Execution(ExecutionMode.CONCURRENT)
final class StartScriptIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String SCRIPT = "user-service";

  @TempDir private Path folder;

  @Test
  void it_may_be_a_link() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("users"), TARGET.resolve(SCRIPT));

    assertIsToken(run(link, Map.of()));
  }

  @Test
  void its_folder_may_have_a_space_in_its_name() throws Exception {
    var there = shippedIn("a folder");

    var ended = run(there.resolve(SCRIPT), Map.of());

    assertIsToken(ended);
    assertThat(ended.err()).as("the cache is taken").isEmpty();
  }

  /** By itself the JVM goes on with the classes that were in it. */
  @Test
  void a_jar_that_was_replaced_is_not_run_as_it_was() throws Exception {
    var there = shippedIn("patched");
    try (var libraries = Files.list(there.resolve("lib"))) {
      var library = libraries.findFirst().orElseThrow();
      var octets = Files.readAllBytes(library);
      Files.delete(library);
      Files.write(
          library, Arrays.copyOf(octets, octets.length + 1)); // what is behind a zip is let be
    }

    var ended = run(there.resolve(SCRIPT), Map.of());

    assertIsToken(ended);
    assertThat(ended.err()).contains("other jars");
  }

  private Path shippedIn(String name) throws IOException {
    var there = Files.createDirectories(folder.resolve(name).resolve("lib")).getParent();
    for (var file : List.of(SCRIPT, SCRIPT + ".jar", SCRIPT + ".aot", SCRIPT + ".aot.jars")) {
      Files.createLink(there.resolve(file), TARGET.resolve(file));
    }
    try (var libraries = Files.list(TARGET.resolve("lib"))) {
      for (var library : libraries.toList()) {
        Files.createLink(there.resolve("lib").resolve(library.getFileName()), library);
      }
    }
    return there;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseG1GC",
        "-Xmx64m -XX:+UseParallelGC",
        "-XX:-UseCompressedOops", // for which the cache is no good
      })
  void options_of_the_environment_win_and_the_jvm_complains_elsewhere(String options)
      throws Exception {
    assertIsToken(run(TARGET.resolve(SCRIPT), Map.of("JAVA_OPTS", options)));
  }

  @ParameterizedTest
  @CsvSource({
    "-Dnothing=1,                                              MaxHeapSize,  104857600",
    "-XX:+UseCompactObjectHeaders -XX:MaxGCPauseMillis=50,     UseSerialGC,  true",
    "-Xms24m -XX:+UseG1GC,                                     UseG1GC,      true",
    "-Xmx40m,                                                  MaxHeapSize,  41943040",
    "-Xmx40m -Xmn8m,                                           MaxNewSize,   8388608",
    "-XX:MaxHeapSize=40m,                                      MaxHeapSize,  41943040",
    "-XX:MaxRAM=1g -XX:MaxRAMPercentage=50,                    MaxHeapSize,  536870912",
  })
  void an_option_of_the_environment_takes_the_place_of_ours(
      String options, String flag, String value) throws Exception {
    var environment = Map.of("JAVA_OPTS", options + " -XX:+PrintFlagsFinal");

    var ended = run(TARGET.resolve(SCRIPT), environment);

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).containsPattern("\\b" + flag + " +:?= " + value + "\\b");
  }

  @Test
  void an_old_java_is_named() throws Exception {
    var java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
    Files.createFile(java).toFile().setExecutable(true);
    Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"17.0.12\"\n");

    var ended = run(TARGET.resolve(SCRIPT), Map.of("JAVA_HOME", folder.resolve("old").toString()));

    assertThat(ended.status()).isEqualTo(78);
    assertThat(ended.err()).contains("needs Java 25").contains("is Java 17").contains("JAVA_HOME");
  }

  private record Ended(int status, String out, String err) {}

  private static void assertIsToken(Ended ended) {
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\n");
  }

  private Ended run(Path script, Map<String, String> environment)
      throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var builder =
        new ProcessBuilder(script.toString(), "token", "--tenant", "acme")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JWT_SECRET", TestServers.SECRET);
    builder.environment().putAll(environment);
    var process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
