package io.userservice.adapter.http.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the machine has its browser. */
final class Program {
  private static final String VARIABLE = "CHROME_BIN";
  private static final List<String> NAMES =
      List.of(
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable",
          "chrome",
          "microsoft-edge");

  static final String LOOKED_FOR =
      "put %s on the PATH, or its path into %s".formatted(String.join(" or ", NAMES), VARIABLE);

  private Program() {}

  static Optional<Path> find() {
    var named = Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isBlank());
    return named.isPresent() ? named.map(Path::of) : onPath();
  }

  private static Optional<Path> onPath() {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
    return NAMES.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
