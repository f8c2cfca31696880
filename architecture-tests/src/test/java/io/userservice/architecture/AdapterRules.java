package io.userservice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** The adapters: strangers to each other, guests of the application, each with its technology. */
final class AdapterRules {
  private AdapterRules() {}

  static final ArchRule A1_HTTP_KNOWS_NO_OTHER = knowsNoOther("http", "persistence", "nats");
  static final ArchRule A1_PERSISTENCE_KNOWS_NO_OTHER = knowsNoOther("persistence", "http", "nats");
  static final ArchRule A1_NATS_KNOWS_NO_OTHER = knowsNoOther("nats", "http", "persistence");

  static final ArchRule A2_PORTS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.userservice..adapter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.userservice..application", "io.userservice..application.delivery..")
          .as("A2 adapters know the ports, never the application behind them")
          .because("what an adapter knows can't be changed without it; ask for a port instead");

  static final ArchRule A3_HTTP_STAYS_HOME =
      staysHome(
          "http",
          "io.userservice..adapter.http..",
          "io.javalin..",
          "org.eclipse.jetty..",
          "jakarta.servlet..",
          "com.auth0..");

  static final ArchRule A3_SQL_STAYS_HOME =
      staysHome(
          "SQL",
          "io.userservice..adapter.persistence..",
          "org.jooq..",
          "java.sql..",
          "org.flywaydb..");

  static final ArchRule A3_NATS_STAYS_HOME =
      staysHome("NATS", "io.userservice..adapter.nats..", "io.nats..");

  static final ArchRule A3_TELEMETRY_STAYS_HOME =
      staysHome(
          "telemetry and pool",
          "io.userservice..bootstrap..",
          "io.micrometer..",
          "ch.qos.logback..",
          "com.zaxxer..",
          "picocli..");

  static final ArchRule A3_JSON_STAYS_HOME =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.userservice..adapter.http..", "io.userservice..adapter.persistence..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..")
          .as("A3 Jackson stays in the adapters that read JSON")
          .because("inside there are JsonValue and JsonText, which no release of Jackson alters");

  private static ArchRule knowsNoOther(String adapter, String one, String other) {
    return noClasses()
        .that()
        .resideInAPackage("io.userservice..adapter." + adapter + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.userservice..adapter." + one + "..", "io.userservice..adapter." + other + "..")
        .as("A1 the adapter " + adapter + " knows no other adapter")
        .because("each must be replaceable alone; what two of them need belongs inside");
  }

  private static ArchRule staysHome(String technology, String home, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .as("A3 " + technology + " stays in " + home)
        .because("a technology in one place can be replaced, in two places it is the architecture");
  }
}
