package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no JSON, or JSON that no reader need take. */
class HostileJsonTest {
  private static final String USER =
      "{\"email\":\"a@b.org\",\"name\":\"A\",\"attributes\":{\"x\":%s}}";
  private static final Pattern NUMBER = Pattern.compile("\"x\":([^,}]+)");

  private final Unmoved unmoved = new Unmoved();
  private final Api api = unmoved.api();

  @AfterEach
  void the_service_is_well_afterwards() {
    unmoved.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`              ` | malformed_json",
        "nonsense          | malformed_json",
        "{\"a\":1,}        | malformed_json",
        "{'a':1}           | malformed_json",
        "{a:1}             | malformed_json",
        "[1,2              | malformed_json",
        "01                | malformed_json",
        "+1                | malformed_json",
        "NaN               | malformed_json",
        "Infinity          | malformed_json",
        "0x10              | malformed_json",
        "\"a               | malformed_json",
        "\"\\x\"           | malformed_json",
        "// no comment     | malformed_json",
        "{} {}             | trailing_text",
        "{}]               | malformed_json",
        "{\"a\":1,\"a\":2} | duplicate_member",
        "{\"a\":1,\"\\u0061\":2} | duplicate_member",
        "\"\\ud800\"       | lone_surrogate",
        "\"\\udc00\\ud800\" | lone_surrogate",
        "{\"\\ud800\":1}   | malformed_json",
        "{\"\\udc00\":1}   | malformed_json",
        "1e999999999       | number_out_of_range",
        "-1e-999999999     | number_out_of_range",
        "1e99999999999999999999 | number_out_of_range",
      })
  void JSON_that_is_not_in_order_is_refused(String json, String code) {
    var answer = api.post("/users", json);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("code").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @MethodSource("numbersAtTheirLimits")
  void a_number_at_the_limit_comes_back_as_it_was_and_the_next_is_refused(
      String number, String beyond) {
    var created = api.post("/users", USER.formatted(number));

    assertThat(created.status()).isEqualTo(201);
    assertThat(numberOf(created.text())).isEqualByComparingTo(number);
    var read = api.get(created.header("Location"));
    assertThat(read.status()).isEqualTo(200);
    assertThat(numberOf(read.text())).isEqualByComparingTo(number);
    assertThat(api.get("/users").status()).isEqualTo(200);
    assertThat(api.post("/users", USER.formatted(beyond)).errors())
        .containsExactly("/attributes/x number_out_of_range");
  }

  private static Stream<Arguments> numbersAtTheirLimits() {
    return Stream.of(
        arguments("1e-1000", "1e-1001"),
        arguments("-1e-1000", "-1e-1001"),
        arguments("0." + "9".repeat(1000), "0." + "9".repeat(1001)),
        arguments("9".repeat(1000), "9".repeat(1001)),
        arguments("1e999", "1e1000"));
  }

  /** By hand: the tests' own reader takes no number of so many characters. */
  private static BigDecimal numberOf(String user) {
    var matcher = NUMBER.matcher(user);
    assertThat(matcher.find()).as(user).isTrue();
    return new BigDecimal(matcher.group(1));
  }

  @Test
  void JSON_that_is_not_in_order_hides_nothing_else() {
    var answer =
        api.post(
            "/users", "{\"email\":\"x\",\"name\":\"\\ud800\",\"attributes\":{\"n\":1e9999}}{}");

    assertThat(answer.errors())
        .containsExactly(
            "/name lone_surrogate",
            "/attributes/n number_out_of_range",
            " trailing_text",
            "/email not_an_email_address");
  }

  @Test
  void JSON_has_one_error_for_each_place_with_its_pointer() {
    var answer =
        api.post("/users", USER.formatted("[1e9999,{\"a/b\":1,\"a/b\":\"\\ud800\"},\"\\udfff\"]"));

    assertThat(answer.errors())
        .containsExactly(
            "/attributes/x/0 number_out_of_range",
            "/attributes/x/1/a~1b lone_surrogate",
            "/attributes/x/1/a~1b duplicate_member",
            "/attributes/x/2 lone_surrogate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\u00c3\"", "\"\u00ff\"", "\"\u00c0\u00af\"", "\"\u00ed\u00a0\u0080\"",
            "\u00ef\u00bb\u00bf{}",
        "\u00fe\u00ff\u0000{\u0000}", "{\u0000}\u0000", "\u0000\u0000\u0000{", "\u0000", "",
      })
  void bytes_that_are_not_JSON_in_UTF_8_are_refused(String octets) {
    var answer =
        api.call("POST", "/users")
            .body("application/json", octets.getBytes(StandardCharsets.ISO_8859_1))
            .send();

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void NUL_is_no_character_of_a_name_or_an_address() {
    assertThat(api.post("/users", "{\"email\":\"a\\u0000@b.org\",\"name\":\"A\\u0000\"}").errors())
        .containsExactly("/email not_an_email_address", "/name control_character");
  }

  @Test
  void nesting_numbers_and_names_without_end_cost_little() {
    for (var text :
        new String[] {
          "[".repeat(500_000),
          "{\"a\":".repeat(150_000),
          "[".repeat(65) + "]".repeat(65),
          "9".repeat(1_000_000),
          "0." + "9".repeat(1_000_000),
          USER.formatted("9".repeat(1_001)),
          "{\"" + "n".repeat(1_000_000) + "\":1}",
          "{\"" + "n".repeat(15_000) + "\":[" + "1e9999,".repeat(100_000) + "1]}",
          "{\"" + "n".repeat(500_000) + "\":[" + "1,".repeat(200_000) + "1]}",
        }) {
      var answer = api.post("/users", text);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.response().body()).hasSizeLessThan(4_000_000);
    }
  }

  /** Read, they would take some fifty times the memory of their text. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "[]", "{}", "\"\""})
  void more_values_than_anything_accepted_can_have_are_not_read(String value) {
    var values = (value + ",").repeat(70_000) + value;

    assertThat(api.post("/users", USER.formatted("[" + values + "]")).errors())
        .containsExactly("/attributes/x/65531 too_many_values");
  }

  @Test
  void a_thousand_unknown_members_are_told_and_no_more() {
    var body = new StringBuilder("{");
    for (var i = 0; i < 60_000; i++) {
      body.append("\"m").append(i).append("\":1,");
    }

    var answer = api.post("/users", body + "\"x\":1}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errors()).hasSize(1_000);
  }
}
