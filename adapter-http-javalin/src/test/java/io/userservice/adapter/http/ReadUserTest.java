package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadUserTest {
  private final Api api = Api.start();
  private String user = "";

  @BeforeEach
  void create() {
    user = api.aUser("ana@example.org");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_user_has_its_version_as_entity_tag() {
    var answer = api.get(user);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.json().path("email").asText()).isEqualTo("ana@example.org");
    assertThat(answer.json().has("deletedAt")).isFalse();
  }

  @Test
  void HEAD_is_GET_without_the_body() {
    var get = api.get(user);
    var head = api.call("HEAD", user).send();

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "*", "\"x\" , W/\"1\""})
  void a_copy_that_is_current_is_not_sent_again(String tags) {
    var answer = api.call("GET", user).header("If-None-Match", tags).send();

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.header("Content-Length")).as("it would be the copy's").isEmpty();
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void a_copy_that_is_stale_is_sent_again() {
    var answer = api.call("GET", user).header("If-None-Match", "\"2\"").send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"\"1\"|200", "*|200", "\"2\"|412", "W/\"1\"|412", "\"2\",\"1\"|200"})
  void If_Match_holds_for_reading_too(String tags, int status) {
    assertThat(api.call("GET", user).header("If-Match", tags).send().status()).isEqualTo(status);
  }

  @Test
  void a_read_that_fails_is_told_nothing_of_changes() {
    var answer =
        api.call("GET", user).header("If-Match", "\"2\"").header("If-None-Match", "*").send();

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.text()).contains("a version that If-Match").doesNotContain("change");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "nonsense", "\"1", "*, \"1\"", "\"1\" \"2\"", "w/\"1\""})
  void a_precondition_that_cannot_be_read_is_refused(String tags) {
    assertThat(api.call("GET", user).header("If-None-Match", tags).send().status()).isEqualTo(400);
    assertThat(api.call("GET", user).header("If-Match", tags).send().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/00000000-0000-7000-8000-000000000000",
        "/users/1",
        "/users/1-1-1-1-1",
        "/users/%20",
        "/users/00000000-0001-7000-8000-000000000000x",
      })
  void an_id_that_nobody_has_or_that_is_none_is_not_found(String path) {
    assertThat(api.get(path).status()).isEqualTo(404);
    assertThat(api.patch(path, "{}").status()).isEqualTo(404);
    assertThat(api.delete(path).status()).isEqualTo(404);
    for (var method : List.of("GET", "DELETE")) {
      var asked = api.call(method, path).header("If-Match", "no tag");
      assertThat(asked.send().status()).isEqualTo(404);
    }
    var patch = api.call("PATCH", path).header("If-None-Match", "no tag").json("{}");
    assertThat(patch.send().status()).isEqualTo(404);
    var restore = api.call("POST", path + "/restore").header("If-Match", "no tag");
    assertThat(restore.send().status()).isEqualTo(404);
    assertThat(api.post(path + "/restore", "").status()).isEqualTo(404);
    assertThat(api.get(path + "/history").status()).isEqualTo(404);
  }

  @Test
  void an_id_in_capitals_is_the_same_id() {
    var answer = api.get(user.toUpperCase(java.util.Locale.ROOT).replace("/USERS", "/users"));

    assertThat(answer.status()).isEqualTo(200);
  }
}
