package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped jar, where it needs no server; what its command line takes is {@link CommandsTest}'s.
 */
@Execution(ExecutionMode.CONCURRENT)
final class CommandLineIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void without_configuration_it_ends_with_78_and_tells_all_that_is_missing() throws Exception {
    try (var service = ServiceProcess.start(Map.of("PORT", "x"))) {
      assertThat(service.exitStatus()).isEqualTo(78);
      assertThat(String.join("\n", service.lines()))
          .contains("DATABASE_URL: not set")
          .contains("PORT: found 'x'")
          .contains("JWT_SECRET, JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE: found 0 of them set");
    }
  }

  @Test
  void what_is_said_has_the_same_digits_wherever_it_is_started() throws Exception {
    var persian = "-Duser.language=fa -Duser.country=IR -Djava.locale.providers=CLDR";
    try (var service = ServiceProcess.start(Map.of("JAVA_OPTS", persian))) {
      assertThat(service.exitStatus()).isEqualTo(78);
      assertThat(String.join("\n", service.lines())).contains("found 0 of them set");
    }
  }

  @Test
  void migrate_without_a_database_ends_with_69() throws Exception {
    var nowhere = Map.of("DATABASE_URL", "postgres://ana:s3cret@127.0.0.1:1/users");
    try (var migration = ServiceProcess.start(nowhere, "migrate")) {
      assertThat(migration.exitStatus()).isEqualTo(69);
      assertThat(String.join("\n", migration.lines()))
          .contains("can't be reached")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void a_key_file_without_a_key_ends_with_78_and_is_named() throws Exception {
    var file = Files.writeString(folder.resolve("key.pem"), "no key");
    var environment =
        Map.of(
            "DATABASE_URL",
            "postgres://127.0.0.1:1/none",
            "JWT_PUBLIC_KEY_FILE",
            file.toString(),
            "PORT",
            "0");
    try (var service = ServiceProcess.start(environment)) {
      assertThat(service.exitStatus()).isEqualTo(78);
      assertThat(String.join("\n", service.lines()))
          .contains("JWT_PUBLIC_KEY_FILE: found '" + file + "', accepted is a PEM file")
          .doesNotContain("\tat ");
    }
  }

  /** Nor by the driver, which complains of such addresses in a log of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432?user=ana&password=s3cret",
        "jdbc:postgresql://db/users/?user=ana&password=s3cret",
        "jdbc:postgresql://ana:s3cret@db/users",
        "jdbc:postgresql://ana:s3cret@db:5432/users",
        "postgres://ana:s3cret@db:0/users",
      })
  void an_address_of_a_database_that_is_none_is_not_shown(String url) throws Exception {
    try (var service = ServiceProcess.start(Map.of("DATABASE_URL", url, "JWT_SECRET", SECRET))) {
      assertThat(service.exitStatus()).isEqualTo(78);
      assertThat(String.join("\n", service.lines()))
          .contains("DATABASE_URL: found another form")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void what_the_pool_knows_of_the_database_is_not_logged() throws Exception {
    var environment =
        Map.of(
            "DATABASE_URL",
            "jdbc:postgresql://127.0.0.1:1/users?user=ana&password=s3cret",
            "LOG_LEVEL",
            "debug");
    try (var migration = ServiceProcess.start(environment, "migrate")) {
      assertThat(migration.exitStatus()).isEqualTo(69);
      assertThat(migration.lines())
          .noneMatch(line -> line.contains("s3cret"))
          .noneMatch(line -> line.contains("\"debug\"") && line.contains("com.zaxxer.hikari"));
    }
  }

  @Test
  void a_host_of_the_database_that_nobody_knows_is_named() throws Exception {
    var nowhere = Map.of("DATABASE_URL", "postgres://ana:s3cret@db.invalid:5432/users");
    try (var migration = ServiceProcess.start(nowhere, "migrate")) {
      assertThat(migration.exitStatus()).isEqualTo(69);
      assertThat(String.join("\n", migration.lines()))
          .contains("can't be reached", "db.invalid")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void a_port_in_use_ends_with_69_and_is_named() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var service =
            ServiceProcess.start(
                Map.of(
                    "DATABASE_URL",
                    "postgres://127.0.0.1:1/none",
                    "JWT_SECRET",
                    SECRET,
                    "HOST",
                    "127.0.0.1",
                    "PORT",
                    String.valueOf(taken.getLocalPort())))) {
      assertThat(service.exitStatus()).isEqualTo(69);
      assertThat(String.join("\n", service.lines()))
          .contains(
              "HOST, PORT: can't listen on 127.0.0.1:%d: Address already in use"
                  .formatted(taken.getLocalPort()))
          .doesNotContain("\tat ");
    }
  }

  @Test
  void wrong_usage_ends_with_64_and_shows_the_usage() throws Exception {
    try (var service = ServiceProcess.start(Map.of(), "nonsense")) {
      assertThat(service.exitStatus()).isEqualTo(64);
      assertThat(String.join("\n", service.lines())).contains("Usage:");
    }
  }

  @Test
  void it_tells_its_version() throws Exception {
    try (var command = ServiceProcess.start(Map.of(), "--version")) {
      assertThat(command.exitStatus()).isZero();
      assertThat(command.lines())
          .singleElement()
          .asString()
          .matches("user-service [0-9]+\\.[0-9]+\\.[0-9]+.*");
    }
  }

  @Test
  void help_tells_the_exit_statuses() throws Exception {
    try (var service = ServiceProcess.start(Map.of(), "--help")) {
      assertThat(service.exitStatus()).isZero();
      assertThat(String.join("\n", service.lines())).contains("Usage:").contains("78");
    }
  }

  @Test
  void token_prints_the_token_and_nothing_else() throws Exception {
    try (var service =
        ServiceProcess.start(Map.of("JWT_SECRET", SECRET), "token", "--tenant", "acme")) {
      assertThat(service.exitStatus()).isZero();
      assertThat(service.lines()).hasSize(1);
      var token = JWT.decode(service.lines().getFirst());
      assertThat(token.getClaim("tenantId").asString()).isEqualTo("acme");
      assertThat(token.getExpiresAt()).isNotNull();
    }
  }
}
