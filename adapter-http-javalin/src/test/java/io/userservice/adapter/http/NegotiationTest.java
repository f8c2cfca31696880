package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
  private static final String BODY = "{\"email\":\"bea@example.org\",\"name\":\"Bea\"}";
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|200",
        "application/*|200",
        "application/json|200",
        "APPLICATION/JSON;charset=utf-8|200",
        "text/html, */*;q=0.1|200",
        "text/html|406",
        "application/xml, text/*|406",
        "application/json;q=0|406",
        "application/json;q=0.000, */*|406",
        "*/*;q=0|406",
        "application/problem+json|406",
        "application/jsonx|406",
      })
  void an_answer_is_JSON_or_it_is_not_acceptable(String accept, int status) {
    for (var path : List.of(user, "/users", user + "/history", "/changes")) {
      var answer = api.call("GET", path).header("Accept", accept).send();

      assertThat(answer.status()).as(path).isEqualTo(status);
      assertThat(answer.header("Content-Type"))
          .isEqualTo(status == 200 ? "application/json" : "application/problem+json");
    }
  }

  @Test
  void nothing_happens_when_the_answer_is_not_acceptable() {
    api.delete(user);
    var other = api.aUser("cleo@example.org");

    assertThat(api.call("POST", "/users").header("Accept", "text/html").json(BODY).send().status())
        .isEqualTo(406);
    assertThat(
            api.call("PATCH", other)
                .header("Accept", "text/html")
                .json("{\"name\":\"X\"}")
                .send()
                .status())
        .isEqualTo(406);
    assertThat(api.call("POST", user + "/restore").header("Accept", "text/html").send().status())
        .isEqualTo(406);
    assertThat(api.get("/users?deleted=include").json().path("items").findValuesAsText("version"))
        .containsExactly("2", "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "application/json;charset=\"utf-16\"",
        "application/vnd.user+json",
        "*/*",
        ";",
      })
  void a_body_of_another_type_or_charset_is_refused_with_what_is_accepted(String type) {
    var bytes = BODY.getBytes(StandardCharsets.UTF_8);

    var post = api.call("POST", "/users").body(type, bytes).send();
    var patch = api.call("PATCH", user).body(type, bytes).send();

    assertThat(post.status()).isEqualTo(415);
    assertThat(post.header("Accept")).isEqualTo("application/json");
    assertThat(patch.status()).isEqualTo(415);
    assertThat(patch.header("Accept-Patch"))
        .isEqualTo("application/merge-patch+json, application/json");
  }

  @Test
  void a_merge_patch_makes_no_user() {
    var answer =
        api.call("POST", "/users")
            .body("application/merge-patch+json", BODY.getBytes(StandardCharsets.UTF_8))
            .send();

    assertThat(answer.status()).isEqualTo(415);
  }

  @Test
  void a_body_without_a_type_is_refused() {
    assertThat(api.call("POST", "/users").send().status()).isEqualTo(415);
  }

  @Test
  void a_compressed_body_is_refused() {
    var answer = api.call("POST", "/users").header("Content-Encoding", "gzip").json(BODY).send();

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void OPTIONS_tells_the_methods_and_the_types_of_patches() {
    var answer = api.call("OPTIONS", user).send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow").split(", "))
        .containsExactlyInAnyOrder("GET", "HEAD", "PATCH", "DELETE", "OPTIONS");
    assertThat(answer.header("Accept-Patch"))
        .isEqualTo("application/merge-patch+json, application/json");
    assertThat(api.get(user).header("Accept-Patch")).isEqualTo(answer.header("Accept-Patch"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT    | /users                | GET, HEAD, POST, OPTIONS",
        "DELETE | /users                | GET, HEAD, POST, OPTIONS",
        "PUT    | /users/1              | GET, HEAD, PATCH, DELETE, OPTIONS",
        "POST   | /users/1              | GET, HEAD, PATCH, DELETE, OPTIONS",
        "GET    | /users/1/restore      | POST, OPTIONS",
        "HEAD   | /users/1/restore      | POST, OPTIONS",
        "POST   | /users/1/history      | GET, HEAD, OPTIONS",
        "POST   | /changes              | GET, HEAD, OPTIONS",
        "POST   | /health/live          | GET, HEAD, OPTIONS",
        "DELETE | /metrics              | GET, HEAD, OPTIONS",
        "PATCH  | /problems/not-found   | GET, HEAD, OPTIONS",
      })
  void a_method_that_a_resource_does_not_know_is_refused(
      String method, String path, String allowed) {
    var answer = api.call(method, path).send();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder(allowed.split(", "));
  }
}
