package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as far as it needs neither a server nor a process of its own. */
final class CommandsTest {
  private static final Map<String, String> SECRET =
      Map.of("JWT_SECRET", "0123456789abcdef0123456789abcdef");

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
  @ValueSource(strings = {"serve", "migrate", "token --tenant t", "events quarantine list"})
  void settings_that_are_missing_end_it_with_78(String arguments) {
    assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(78);
    assertThat(err.toString())
        .startsWith("The configuration can't be used:")
        .contains("not set")
        .doesNotContain("\tat ");
  }

  @Test
  void token_needs_the_secret() {
    assertThat(run(Map.of(), "token", "--tenant", "acme")).isEqualTo(78);
    assertThat(err.toString()).contains("JWT_SECRET: not set");
  }

  @Test
  void token_says_what_it_was_asked_to() {
    var environment = new HashMap<>(SECRET);
    environment.put("JWT_TENANT_CLAIM", "org");
    var arguments = "token --tenant acme --subject ana --scope users:read --ttl 30m".split(" ");

    assertThat(run(environment, arguments)).isZero();

    var token = JWT.decode(out.toString().strip());
    assertThat(token.getClaim("org").asString()).isEqualTo("acme");
    assertThat(token.getSubject()).isEqualTo("ana");
    assertThat(token.getClaim("scope").asString()).isEqualTo("users:read");
    assertThat(token.getExpiresAtAsInstant())
        .isEqualTo(token.getIssuedAtAsInstant().plusSeconds(1_800));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432?user=ana&password=s3cret",
        "jdbc:postgresql://db/users/?user=ana&password=s3cret",
        "jdbc:postgresql://ana:s3cret@db/users",
        "jdbc:postgresql://ana:s3cret@db:5432/users",
        "postgres://ana:s3cret@db:0/users",
      })
  void an_address_of_a_database_that_is_none_is_not_shown(String url) {
    var environment = new HashMap<>(SECRET);
    environment.put("DATABASE_URL", url);

    assertThat(run(environment, "serve")).isEqualTo(78);
    assertThat(err.toString())
        .contains("DATABASE_URL: found another form")
        .doesNotContain("s3cret");
  }
}
