package io.userservice.bootstrap;

import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.persistence.testserver.EmbeddedPostgresServer;
import io.userservice.bootstrap.Settings.Logging.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The development run, what plain {@code mvn} starts: the service with a PostgreSQL and a NATS of
 * its own, where the environment names no others. Data are kept in {@code .data} of the working
 * folder.
 */
final class DevMain {
  private static final Path DATA = Path.of(".data").toAbsolutePath();

  private DevMain() {}

  static void main(String[] arguments) throws Exception {
    try (var resources = new DevResources()) {
      run(resources);
    } catch (DevFolder.InUse | CannotListen failure) {
      IO.println(failure.getMessage());
      System.exit(ExitStatus.UNAVAILABLE);
    }
  }

  private static void run(DevResources resources) throws IOException, InterruptedException {
    endWithMaven();
    resources.add(new DevFolder(DATA));
    var environment = new HashMap<>(System.getenv());
    environment.putIfAbsent("HOST", "127.0.0.1");
    environment.putIfAbsent("LOG_FORMAT", "console");
    LoggingSetup.apply(new Settings.Logging(Settings.Logging.Level.WARN, Format.CONSOLE));
    DevSecret.provide(environment, DATA.resolve("jwt-secret"));
    providePostgres(environment, resources);
    provideNats(environment, resources);
    var service = service(environment);
    resources.add(service);
    service.start();
    DevGreeting.print(environment, service.port());
    new CountDownLatch(1).await();
  }

  /** Ctrl-C reaches this JVM too; whoever ends Maven alone must not leave it behind. */
  private static void endWithMaven() {
    ProcessHandle.current()
        .parent()
        .ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(ExitStatus.OK)));
  }

  private static void providePostgres(Map<String, String> environment, DevResources resources) {
    if (environment.getOrDefault("DATABASE_URL", "").isBlank()) {
      var server = EmbeddedPostgresServer.on(DATA.resolve("postgres"));
      resources.add(server);
      environment.put("DATABASE_URL", server.address().url());
      IO.println("PostgreSQL: embedded, data in .data/postgres; for commands of an operator:");
      IO.println("export DATABASE_URL=" + server.address().url());
    }
  }

  private static void provideNats(Map<String, String> environment, DevResources resources)
      throws IOException {
    var wanted = environment.getOrDefault("NATS_URL", "nats://localhost:4222");
    if (NatsServer.answers(wanted)) {
      IO.println("NATS: one answers at " + wanted);
      return;
    }
    var server = NatsServer.forDevelopment(DevNats.setup(DATA.resolve("nats")));
    resources.add(server);
    environment.put("NATS_URL", server.url());
  }

  private static Service service(Map<String, String> environment) {
    try {
      var settings = Settings.forServe(environment);
      LoggingSetup.apply(settings.logging());
      return new Service(settings);
    } catch (InvalidSettings invalid) {
      invalid.problems().forEach(IO::println);
      System.exit(ExitStatus.CONFIG);
      throw invalid;
    }
  }
}
