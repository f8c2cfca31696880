package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as far as it needs neither a server nor a process of its own. */
final class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... arguments) {
    return new Commands(environment, new PrintWriter(out, true), new PrintWriter(err, true))
        .run(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "serve --help", "token --help", "migrate --help", "stream info --help"})
  void help_is_everywhere_and_tells_the_exit_statuses(String arguments) {
    assertThat(run(Map.of(), arguments.split(" "))).isZero();
    assertThat(out.toString()).contains("Usage:").contains("78");
    assertThat(err.toString()).isEmpty();
  }

  /** Whatever the settings are: none of these has any. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "--nonsense",
        "token",
        "token --tenant t --ttl soon",
        "token --tenant t\u00e4",
        "events",
        "events quarantine",
        "events quarantine retry",
        "events quarantine retry 1",
        "events quarantine drop 1-1-1-1-1",
        "events replay",
        "events replay --tenant a --user b",
        "events replay --user b",
        "events replay --since yesterday",
        "events replay --tenant a --after -1",
        "events replay --tenant a --after b",
        "stream",
      })
  void wrong_usage_ends_with_64_and_shows_the_usage(String arguments) {
    assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(64);
    assertThat(err.toString()).contains("Usage:");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void what_is_wrong_with_an_argument_is_told_with_what_is_accepted() {
    run(Map.of(), "events", "quarantine", "drop", "1-1-1-1-1");
    assertThat(err.toString()).startsWith("EVENT-ID: found '1-1-1-1-1', accepted is a UUID");
  }

  @ParameterizedTest
  @CsvSource({
    "serve,                  DATABASE_URL",
    "migrate,                DATABASE_URL",
    "token --tenant t,       JWT_SECRET",
    "events quarantine list, DATABASE_URL",
  })
  void a_setting_that_is_missing_ends_it_with_78_and_is_named(String arguments, String missing) {
    assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(78);
    assertThat(err.toString())
        .startsWith("The configuration can't be used:")
        .contains(missing + ": not set")
        .doesNotContain("\tat ");
  }

  @Test
  void token_says_what_it_was_asked_to() {
    var environment = Map.of("JWT_SECRET", TestServers.SECRET, "JWT_TENANT_CLAIM", "org");
    var arguments = "token --tenant acme --subject ana --scope users:read --ttl 30m".split(" ");

    assertThat(run(environment, arguments)).isZero();

    var token = JWT.decode(out.toString().strip());
    assertThat(token.getClaim("org").asString()).isEqualTo("acme");
    assertThat(token.getSubject()).isEqualTo("ana");
    assertThat(token.getClaim("scope").asString()).isEqualTo("users:read");
    assertThat(token.getExpiresAtAsInstant())
        .isEqualTo(token.getIssuedAtAsInstant().plusSeconds(1_800));
  }
}
