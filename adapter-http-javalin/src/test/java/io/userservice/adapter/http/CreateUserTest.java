package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateUserTest {
  private final Api api = Api.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void the_answer_is_the_user_its_address_and_its_first_version() {
    var answer =
        api.post(
            "/users",
            "{\"email\":\" Ana@Example.org \",\"name\":\"Ana\",\"attributes\":{\"b\":1,\"a\":[]}}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("/users/00000000-0001-7000-8000-000000000000");
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text())
        .isEqualTo(
            "{\"id\":\"00000000-0001-7000-8000-000000000000\",\"tenantId\":\"acme\","
                + "\"email\":\"Ana@Example.org\",\"name\":\"Ana\",\"attributes\":{\"b\":1,\"a\":[]},"
                + "\"version\":1,\"createdAt\":\"2026-01-01T00:00:00.123Z\","
                + "\"updatedAt\":\"2026-01-01T00:00:00.123Z\"}");
  }

  @Test
  void attributes_are_empty_when_they_are_not_given() {
    var answer = api.post("/users", "{\"email\":\"a@example.org\",\"name\":\"Ana\"}");

    assertThat(answer.json().path("attributes").toString()).isEqualTo("{}");
  }

  @Test
  void an_address_that_a_living_user_has_is_refused_whatever_its_case() {
    api.aUser("ana@example.org");

    var answer = api.post("/users", "{\"email\":\"ANA@EXAMPLE.ORG\",\"name\":\"Other\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/email-taken");
  }

  @Test
  void another_tenant_may_have_the_same_address() {
    api.aUser("ana@example.org");

    var answer =
        api.call("POST", "/users")
            .as("globex")
            .json("{\"email\":\"ana@example.org\",\"name\":\"Ana\"}")
            .send();

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("tenantId").asText()).isEqualTo("globex");
  }

  @Test
  void all_violations_are_told_at_once_with_their_pointers() {
    var answer =
        api.post(
            "/users",
            "{\"id\":1,\"tenantId\":\"x\",\"version\":1,\"createdAt\":0,\"updatedAt\":0,"
                + "\"deletedAt\":0,\"a/b~c\":0,\"email\":\"nonsense\",\"name\":\" \","
                + "\"attributes\":{\"bad key\":1,\"ok\":[[[[[]]]]]}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.errors())
        .containsExactly(
            "/id read_only",
            "/tenantId read_only",
            "/version read_only",
            "/createdAt read_only",
            "/updatedAt read_only",
            "/deletedAt read_only",
            "/a~1b~0c unknown_member",
            "/email not_an_email_address",
            "/name blank",
            "/attributes/bad key invalid_key",
            "/attributes too_deep");
    assertThat(api.get("/users").json().path("items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                        | /email missing, /name missing",
        "{\"email\":null,\"name\":null}            | /email null, /name null",
        "{\"email\":1,\"name\":true}               | /email wrong_type, /name wrong_type",
        "{\"email\":{},\"name\":[]}                | /email wrong_type, /name wrong_type",
        "{\"email\":\"a@b.c\",\"name\":\"A\",\"attributes\":null} | /attributes wrong_type",
        "{\"email\":\"a@b.c\",\"name\":\"A\",\"attributes\":[]}   | /attributes wrong_type",
        "{\"email\":\"a@b.c\",\"name\":\"A\",\"attributes\":\"\"} | /attributes wrong_type",
        "[]     | ' wrong_type'",
        "null   | ' wrong_type'",
        "\"a\"  | ' wrong_type'",
        "1      | ' wrong_type'",
      })
  void what_is_missing_null_or_of_another_type_is_refused(String body, String errors) {
    var answer = api.post("/users", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(String.join(", ", answer.errors())).isEqualTo(errors);
  }

  @Test
  void attributes_beyond_16_KiB_of_UTF_8_are_refused() {
    // {"a":"…"} has 8 octets around the text, and each ä has two.
    var fits = "ä".repeat((16 * 1024 - 8) / 2);
    var body = "{\"email\":\"%s@b.c\",\"name\":\"A\",\"attributes\":{\"a\":\"%s\"}}";

    assertThat(api.post("/users", body.formatted("a", fits)).status()).isEqualTo(201);
    assertThat(api.post("/users", body.formatted("b", fits + "a")).errors())
        .containsExactly("/attributes too_large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Ünïcødé", "名前", "שלום", "👩‍👩‍👧 Zoë", "e\u0301", "\u202Eabc", "<b>&\"'\\/"})
  void text_of_any_script_comes_back_as_it_went_in(String name) {
    var json =
        JsonNodeFactory.instance.objectNode().put("email", "a@example.org").put("name", name);

    var created = api.post("/users", json.toString());

    assertThat(created.status()).isEqualTo(201);
    assertThat(api.get(created.header("Location")).json().path("name").asText()).isEqualTo(name);
  }

  @Test
  void numbers_are_kept_exactly() {
    var digits = "12345678901234567890123456789.000000000000000000000000000001";
    var created =
        api.post(
            "/users",
            "{\"email\":\"a@b.c\",\"name\":\"A\",\"attributes\":{\"n\":%s,\"m\":1E+2,\"o\":-0.0}}"
                .formatted(digits));

    assertThat(api.get(created.header("Location")).text())
        .contains("\"attributes\":{\"n\":" + digits + ",\"m\":100,\"o\":0}");
  }
}
