import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Checks or repairs the format of all Java sources, in one JVM for the whole repository. Started by
 * the build with the JDK's source launcher and google-java-format on the class path, because the
 * formatter must understand newer Java than Maven itself may be running on.
 */
final class Format {

  private Format() {}

  /**
   * Arguments: {@code check} or {@code fix}, the root of the repository, and the file that is left
   * behind when something isn't right. The build fails on that file, because a failing exit code
   * would bury the reason under a stack trace.
   */
  public static void main(String[] args) throws IOException {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]).toAbsolutePath().normalize();
    Path verdict = Path.of(args[2]);
    ToolProvider formatter =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow(
                () -> new IllegalStateException("google-java-format is not on the class path"));

    List<String> arguments =
        new ArrayList<>(fix ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    List<Path> sources = sources(root);
    sources.forEach(file -> arguments.add(file.toString()));

    ByteArrayOutputStream listed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(listed, true, StandardCharsets.UTF_8);
    int status = formatter.run(out, System.err, arguments.toArray(String[]::new));
    if (fix && status == 0) {
      // A comment that the first pass has broken is indented by the second.
      status = formatter.run(out, System.err, arguments.toArray(String[]::new));
    }
    out.flush();

    Files.deleteIfExists(verdict);
    if (status == 0) {
      System.out.println(sources.size() + " Java sources are formatted.");
      return;
    }
    List<String> unformatted = listed.toString(StandardCharsets.UTF_8).lines().toList();
    unformatted.forEach(
        file -> System.err.println("not formatted: " + root.relativize(Path.of(file))));
    Files.write(verdict, unformatted);
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> tools = Files.list(root.resolve(".mvn/build"));
        Stream<Path> modules = Files.list(root)) {
      tools.filter(Format::isJava).forEach(found::add);
      for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
        if (Files.isDirectory(module.resolve("src"))) {
          try (Stream<Path> files = Files.walk(module.resolve("src"))) {
            files.filter(Format::isJava).forEach(found::add);
          }
        }
      }
    }
    return found.stream().sorted().toList();
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }
}
