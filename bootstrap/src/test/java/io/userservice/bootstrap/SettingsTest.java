package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.userservice.bootstrap.InvalidSettings.Problem;
import io.userservice.bootstrap.Settings.Keys;
import io.userservice.bootstrap.Settings.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Map<String, String> LEAST =
      Map.of("DATABASE_URL", "postgres://ana:s3cret@db:5433/users", "JWT_SECRET", SECRET);

  @Test
  void the_least_configuration_is_a_database_and_a_key() {
    var settings = Settings.forServe(LEAST);

    assertThat(settings.listen()).isEqualTo(new Settings.Listen("0.0.0.0", 3002));
    assertThat(settings.nats().urls()).containsExactly("nats://localhost:4222");
    assertThat(settings.nats().replicas()).isEqualTo(1);
    assertThat(settings.nats().credentials()).isEmpty();
    assertThat(settings.nats().publicUrl()).isEqualTo("http://localhost:3002");
    assertThat(settings.keys()).isEqualTo(new Keys.SharedSecret(new Secret(SECRET)));
    assertThat(settings.tokens())
        .isEqualTo(new Settings.Tokens(Optional.empty(), Optional.empty(), "tenantId", false));
    assertThat(settings.logging()).isEqualTo(new Logging(Logging.Level.INFO, Logging.Format.JSON));
  }

  @Test
  void events_are_kept_for_ever_or_as_long_as_is_said() {
    var variables = new HashMap<>(LEAST);
    assertThat(Settings.forServe(variables).database().keepEvents()).isEmpty();

    variables.put("EVENT_LOG_RETENTION", "90d");
    assertThat(Settings.forServe(variables).database().keepEvents()).contains(Duration.ofDays(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7d", "36501d", "9999999d", "90"})
  void events_are_not_kept_for_times_that_nobody_can_reckon_with(String retention) {
    assertThat(problemsOf(with("EVENT_LOG_RETENTION", retention)))
        .containsExactly(
            new Problem(
                "EVENT_LOG_RETENTION",
                "found '%s', accepted is a number of days from 8d to 36500d, like 90d"
                    .formatted(retention)));
  }

  @Test
  void all_problems_are_told_together(@TempDir Path folder) throws IOException {
    var noKey = Files.write(folder.resolve("key.der"), new byte[] {0x30, (byte) 0x82, 1, 0x22});
    var problems =
        problemsOf(
            Map.ofEntries(
                Map.entry("HOST", "bad host"),
                Map.entry("PORT", "http"),
                Map.entry("DATABASE_POOL_SIZE", "1"),
                Map.entry("EVENT_LOG_RETENTION", "7d"),
                Map.entry("NATS_URL", "localhost:4222"),
                Map.entry("NATS_CREDENTIALS_FILE", "no/such/file.creds"),
                Map.entry("NATS_STREAM_REPLICAS", "9"),
                Map.entry("JWT_SECRET", "too short"),
                Map.entry("PUBLIC_URL", "users.example.org"),
                Map.entry("JWT_JWKS_URL", "ftp://keys"),
                Map.entry("JWT_PUBLIC_KEY_FILE", noKey.toString()),
                Map.entry("JWT_REQUIRE_SCOPES", "yes"),
                Map.entry("LOG_LEVEL", "loud"),
                Map.entry("LOG_FORMAT", "xml")));

    assertThat(problems)
        .extracting(Problem::variable)
        .containsExactlyInAnyOrder(
            "HOST",
            "PORT",
            "DATABASE_URL",
            "DATABASE_POOL_SIZE",
            "EVENT_LOG_RETENTION",
            "NATS_URL",
            "NATS_CREDENTIALS_FILE",
            "NATS_STREAM_REPLICAS",
            "JWT_SECRET, JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE",
            "JWT_SECRET",
            "PUBLIC_URL",
            "JWT_JWKS_URL",
            "JWT_PUBLIC_KEY_FILE",
            "JWT_REQUIRE_SCOPES",
            "LOG_LEVEL",
            "LOG_FORMAT");
  }

  @Test
  void a_problem_says_what_was_found_and_what_is_accepted() {
    assertThat(problemsOf(with("PORT", "70000")))
        .containsExactly(
            new Problem("PORT", "found '70000', accepted is an integer from 0 to 65535"));
    assertThat(problemsOf(with("LOG_FORMAT", "xml")))
        .containsExactly(new Problem("LOG_FORMAT", "found 'xml', accepted are json, console"));
  }

  @Test
  void secrets_are_never_shown() {
    var problems =
        problemsOf(
            Map.of("DATABASE_URL", "mysql://ana:s3cret@db/users", "JWT_SECRET", "hunter2hunter2"));

    assertThat(problems.toString()).doesNotContain("s3cret").doesNotContain("hunter2");
    assertThat(Settings.forServe(LEAST).toString()).doesNotContain("s3cret").doesNotContain(SECRET);
    assertThat(problemsOf(with("JWT_JWKS_URL", "ftp://ana:s3cret@keys")).toString())
        .doesNotContain("s3cret");
    assertThat(problemsOf(with("PUBLIC_URL", "https://ana:s3cret@users.example.org")).toString())
        .contains("PUBLIC_URL", "without user")
        .doesNotContain("s3cret");
    var jdbc = with("DATABASE_URL", "jdbc:postgresql://db/users?user=ana&password=s3cret");
    assertThat(Settings.forServe(jdbc).toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://db/users,jdbc:postgresql://db/users",
    "postgresql://db:5433/users,jdbc:postgresql://db:5433/users",
    "postgres://db/users?sslmode=require,jdbc:postgresql://db/users?sslmode=require",
    "jdbc:postgresql://a/b,jdbc:postgresql://a/b",
    "postgres://user_db:5432/app,jdbc:postgresql://user_db:5432/app",
    "postgres://ana:s3cret@user_db/app?sslmode=require,jdbc:postgresql://user_db/app?sslmode=require",
    "postgres://ana@[::1]:5433/users,jdbc:postgresql://[::1]:5433/users",
    "postgres://db:/users,jdbc:postgresql://db/users",
    "jdbc:postgresql://user_db:5432/app,jdbc:postgresql://user_db:5432/app",
  })
  void databases_are_named_in_three_forms(String url, String jdbcUrl) {
    assertThat(Settings.forServe(with("DATABASE_URL", url)).database().address().jdbcUrl())
        .isEqualTo(jdbcUrl);
  }

  @Test
  void user_and_password_of_a_url_are_percent_decoded() {
    var address =
        Settings.forServe(with("DATABASE_URL", "postgres://a%40b:p%3A%2F+w@db/users"))
            .database()
            .address();

    assertThat(address.user()).contains("a@b");
    assertThat(address.password()).contains(new Secret("p:/+w"));
  }

  @Test
  void user_and_password_are_taken_from_before_a_host_with_an_underscore() {
    var address =
        Settings.forServe(with("DATABASE_URL", "postgres://a%40b:p_%2F:+w@user_db:5432/app"))
            .database()
            .address();

    assertThat(address.user()).contains("a@b");
    assertThat(address.password()).contains(new Secret("p_/:+w"));
    assertThat(address).hasToString("postgresql://user_db:5432/app");
  }

  @ParameterizedTest
  @CsvSource({
    "NATS_URL,nats://ana:s3cret@user_nats:4222",
    "NATS_URL,'nats://nats:4222,tls://user_nats:4222'",
    "PUBLIC_URL,https://user_service:3002/users",
    "JWT_JWKS_URL,http://ana:s3cret@key_cloak:8080/jwks",
  })
  void where_a_host_with_an_underscore_can_not_be_reached_that_is_said(String name, String url) {
    var variables = with(name, url);
    if (name.equals("JWT_JWKS_URL")) {
      variables.remove("JWT_SECRET");
    }

    assertThat(problemsOf(variables))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.variable()).isEqualTo(name);
              assertThat(problem.toString())
                  .contains("underscore", "accepted")
                  .doesNotContain("s3cret");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nats://:4222", "nats://an_a@:4222", "nats_url", "nats://", "%_%"})
  void an_underscore_elsewhere_is_no_reason(String url) {
    assertThat(problemsOf(with("NATS_URL", url)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).doesNotContain("underscore"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres:users",
        "postgres:///users",
        "postgres://user_db",
        "postgres://user_db:99999/users",
        "postgres://user_db:99999999999/users",
        "postgres://user_db:x/users",
        "postgres://a_b:1,c_d:2/users",
        "postgres://ana:p@ss@user_db/users",
        "postgres://",
        "postgres://db",
        "mysql://db/users",
        "%%",
        "users",
        "postgres://db:99999/users",
        "postgres://db:0/users",
        "jdbc:postgresql://db:99999/users",
        "jdbc:postgresql://ana:s3cret@db/users",
        "jdbc:postgresql://ana:s3cret@db:5432/users",
        "jdbc:postgresql://ana@db:5432?sslmode=require",
      })
  void other_forms_of_a_database_are_refused(String url) {
    assertThat(problemsOf(with("DATABASE_URL", url)))
        .extracting(Problem::variable)
        .containsExactly("DATABASE_URL");
  }

  @Test
  void an_at_sign_elsewhere_in_a_jdbc_url_is_no_password_in_the_wrong_place() {
    var url = "jdbc:postgresql://db:5432/users?user=ana&password=s3@cret";

    assertThat(Settings.forServe(with("DATABASE_URL", url)).database().address().jdbcUrl())
        .isEqualTo(url);
  }

  @Test
  void exactly_one_source_of_keys_is_set() {
    assertThat(problemsOf(Map.of("DATABASE_URL", "postgres://db/users")))
        .containsExactly(
            new Problem(
                "JWT_SECRET, JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE",
                "found 0 of them set, accepted is exactly one"));
    assertThat(problemsOf(with("JWT_JWKS_URL", "https://keys.example.org/jwks.json"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users.example.org",
        "/users",
        "ftp://users.example.org",
        "https://users.example.org?a=b",
        "https://users.example.org#a",
      })
  void other_forms_of_the_public_url_are_refused(String url) {
    assertThat(problemsOf(with("PUBLIC_URL", url)))
        .extracting(Problem::variable)
        .containsExactly("PUBLIC_URL");
  }

  @Test
  void the_public_url_may_have_a_path() {
    assertThat(
            Settings.forServe(with("PUBLIC_URL", "https://example.org/users")).nats().publicUrl())
        .isEqualTo("https://example.org/users");
  }

  @Test
  void several_servers_of_nats_are_named_in_a_list() {
    var settings = Settings.forServe(with("NATS_URL", "nats://a:4222, tls://b:4222"));

    assertThat(settings.nats().urls()).isEqualTo(List.of("nats://a:4222", "tls://b:4222"));
  }

  @Test
  void a_blank_variable_counts_as_unset() {
    assertThat(Settings.forServe(with("PORT", "  ")).listen().port()).isEqualTo(3002);
  }

  private static Map<String, String> with(String name, String value) {
    var variables = new HashMap<>(LEAST);
    variables.put(name, value);
    return variables;
  }

  private static List<Problem> problemsOf(Map<String, String> variables) {
    return catchThrowableOfType(InvalidSettings.class, () -> Settings.forServe(variables))
        .problems();
  }
}
