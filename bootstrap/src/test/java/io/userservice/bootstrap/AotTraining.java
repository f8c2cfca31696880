package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Part of the build: lets the shipped jar live a short life, of which the JVM makes a cache of
 * loaded and linked classes (JEP 483, JEP 514) that starts the service in less than half of the
 * time. What isn't used here is loaded as usual there.
 */
final class AotTraining {
  private static final int ROUNDS = 200;

  /** Ends also machines that do much else meanwhile; usually it takes some seconds. */
  private static final Duration ASSEMBLY = Duration.ofMinutes(3);

  private AotTraining() {}

  /** Argument: the file to write. */
  static void main(String[] arguments) throws Exception {
    var cache = Path.of(arguments[0]).toAbsolutePath();
    Files.deleteIfExists(cache);
    var options = "-XX:AOTCacheOutput=" + cache;
    try (var servers =
            TestServers.ofOurOwn(Files.createTempDirectory(cache.getParent(), "training"));
        var service = ServiceProcess.start(servers.environment("JAVA_OPTS", options))) {
      live(service);
      service.terminate();
      if (service.exitStatus(ASSEMBLY) != 0 || !Files.exists(cache)) {
        throw new IOException("no cache: " + String.join("\n", service.lines()));
      }
    }
    noteJars(cache);
    System.exit(0);
  }

  /** What the cache was made of: by the words by which the start script compares. */
  private static void noteJars(Path cache) throws IOException, InterruptedException {
    var words = "export LC_ALL=C; echo $(wc -c user-service.jar lib/*.jar)";
    var noted =
        new ProcessBuilder("sh", "-c", words)
            .directory(cache.getParent().toFile())
            .redirectOutput(Path.of(cache + ".jars").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (noted.waitFor() != 0) {
      throw new IOException("the jars couldn't be noted");
    }
  }

  private static void live(ServiceProcess service) throws IOException, InterruptedException {
    try (var api = new Api(service.port(), "acme")) {
      for (var i = 0; i < ROUNDS; i++) {
        var user = "/users/" + api.create("user" + i + "@example.org");
        api.get(user);
        api.patch(user, "{\"name\":\"Ana %d\",\"attributes\":{\"team\":\"blue\"}}".formatted(i));
        api.get("/users?limit=10&q=user" + i);
        api.get(user + "/history");
        api.get("/changes?limit=5");
        api.delete(user);
        api.post(user + "/restore", "");
        api.post("/users", "{\"email\":\"ana\"}");
        api.get("/metrics");
        api.get("/health/ready");
      }
    }
  }
}
