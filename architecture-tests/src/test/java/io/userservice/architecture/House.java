package io.userservice.architecture;

import io.userservice.architecture.Hexagon.Names;
import io.userservice.architecture.Hexagon.Technology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** This house: its shape, and its classes as they were built. A new door is announced here. */
final class House {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** All modules with production classes. */
  static final List<String> MODULES =
      List.of(
          "domain",
          "application",
          "adapter-http-javalin",
          "adapter-persistence-jooq",
          "adapter-messaging-nats",
          "bootstrap");

  /** Each module's package, as seen from the base. */
  static final Map<String, String> ROOMS =
      Map.of(
          "domain", "domain",
          "application", "application",
          "adapter-http-javalin", "adapter.http",
          "adapter-persistence-jooq", "adapter.persistence",
          "adapter-messaging-nats", "adapter.nats",
          "bootstrap", "bootstrap");

  /** For Java teams that subscribe. */
  private static final Set<String> SUBSCRIBER =
      Set.of(
          "adapter.nats.subscriber.DeadLetter",
          "adapter.nats.subscriber.DeadLetters",
          "adapter.nats.subscriber.Difference",
          "adapter.nats.subscriber.EventHandler",
          "adapter.nats.subscriber.InMemoryLedger",
          "adapter.nats.subscriber.Ledger",
          "adapter.nats.subscriber.ReceivedEvent",
          "adapter.nats.subscriber.Subscription",
          "adapter.nats.subscriber.UserEventSubscriber");

  static final Hexagon SHAPE =
      Hexagon.at("io.userservice")
          .withAdapter(
              "http",
              "HttpApi",
              "auth.TokenIssuer",
              "auth.TokenVerifier",
              "docs.Content",
              "docs.Documentation",
              "problem.Problem",
              "problem.ProblemHandlers",
              "problem.ProblemType",
              "problem.Unavailable")
          .withAdapter(
              "nats",
              "NatsMessaging",
              "NatsServers",
              "Redaction",
              "subscriber.DeadLetter",
              "subscriber.DeadLetters",
              "subscriber.Difference",
              "subscriber.EventHandler",
              "subscriber.InMemoryLedger",
              "subscriber.Ledger",
              "subscriber.ReceivedEvent",
              "subscriber.Subscription",
              "subscriber.UserEventSubscriber")
          .withAdapter("persistence", "Persistence", "SchemaMigration")
          .withTechnology(
              "HTTP",
              "adapter.http",
              "io.javalin..",
              "org.eclipse.jetty..",
              "jakarta.servlet..",
              "java.net.http..",
              "com.auth0..")
          .withTechnology(
              "SQL", "adapter.persistence", "org.jooq..", "java.sql..", "org.flywaydb..")
          .withTechnology("NATS", "adapter.nats", "io.nats..")
          .withTechnology("Telemetry", "bootstrap", "io.micrometer..", "ch.qos.logback..")
          .withTechnology("Pooling", "bootstrap", "com.zaxxer..")
          .withTechnology("Picocli", "bootstrap", "picocli..")
          .withTechnology(
              new Technology(
                  "JSON",
                  List.of("adapter.http", "adapter.persistence"),
                  List.of("com.fasterxml.jackson..")))
          .withApart("UserStore", "EventPublisher", "application.UserApplication")
          .withReserved(
              "EventPublisher",
              "application.delivery",
              "application.UserApplication") // asks how much a message may hold
          .withReserved(
              "Outbox",
              "application.delivery",
              "application.OperatorService",
              "bootstrap.BacklogWatch") // counts what waits, for the meters
          .withNames(
              new Names(
                  Set.of(
                      "application.delivery.RelayLoop",
                      "adapter.http.auth.TokenVerifier",
                      "adapter.nats.Connector", // or nothing would connect any more
                      "adapter.nats.subscriber.MessageReader", // of any sender's messages
                      "adapter.nats.subscriber.Session", // lets nobody's message fall
                      "adapter.nats.subscriber.Treatment", // of what a team's handler throws
                      "adapter.nats.subscriber.UserEventSubscriber",
                      "adapter.persistence.Lane", // or threads would wait for ever
                      "bootstrap.Commands", // all of them
                      "bootstrap.Main", // and gives each the same exit status
                      "bootstrap.Serve",
                      "bootstrap.Housekeeping"),
                  Set.of(
                      "adapter.http.RequestIds", // for a log line, not for data
                      "adapter.nats.Connector", // so that not all instances come back at once
                      "adapter.nats.subscriber.UserEventSubscriber", // nor all subscribers
                      "adapter.persistence.LeaseRow"), // who holds the lease
                  SUBSCRIBER,
                  Set.of("DeliveryObserver"), // is told facts and answers nothing
                  Set.of(
                      "adapter.http.browser.NeedsBrowser",
                      "adapter.http.contract.LintTest",
                      "adapter.nats.node.NodeProject"),
                  Set.of(
                      "domain.json.JsonText",
                      "domain.json.JsonValue",
                      "domain.user.TenantId",
                      "domain.user.UserId",
                      "domain.user.UserKey",
                      "domain.user.Version"),
                  Set.of("application.published.PublishedLanguage"),
                  Set.of(
                      "adapter.persistence.Persistence", // silences the driver's
                      "bootstrap.Endings"))); // into a writer that it is given

  private House() {}

  /** Holds what takes seconds to read, or why it can't be read, for each test to say so. */
  private static final class Read {
    static final Supplier<Code> CODE = read();

    private static Supplier<Code> read() {
      try {
        var code = Code.ofModules(MODULES.stream().map(House::module).toList());
        return () -> code;
      } catch (IllegalStateException unreadable) {
        return () -> {
          throw new AssertionError(unreadable.getMessage(), unreadable);
        };
      }
    }
  }

  /** All classes of the other modules. */
  static Code code() {
    return Read.CODE.get();
  }

  static List<Rule> rules() {
    return HexagonRules.of(SHAPE);
  }

  /** Beside this module, in the same reactor: so it is under mvn test and under mvn verify. */
  static Path module(String name) {
    return ROOT.resolve(name);
  }
}
