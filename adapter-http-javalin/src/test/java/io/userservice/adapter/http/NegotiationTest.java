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
        "''|200",
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
  void an_empty_list_of_codings_is_none() {
    var answer = api.call("POST", "/users").header("Content-Encoding", "").json(BODY).send();

    assertThat(answer.status()).isEqualTo(201);
  }

  /** To a gateway a GET is safe. */
  @ParameterizedTest
  @CsvSource({
    "GET,DELETE",
    "GET,PATCH",
    "GET,delete",
    "GET,''",
    "HEAD,DELETE",
    "OPTIONS,DELETE",
    "DELETE,GET"
  })
  void no_header_changes_the_method(String method, String other) {
    var another = api.aUser("bea@example.org");
    var plain = api.call(method, user).send().status();

    var answer = api.call(method, another).header("X-HTTP-Method-Override", other).send();

    assertThat(answer.status()).isEqualTo(plain);
    assertThat(api.get("/users").json().path("items"))
        .hasSize(method.equals("DELETE") ? 0 : 2)
        .allSatisfy(one -> assertThat(one.path("version").asInt()).isEqualTo(1));
  }

  @Test
  void only_what_can_be_patched_says_so() {
    var created = api.call("POST", "/users").json(BODY).send();
    api.delete(user);
    var restored = api.call("POST", user + "/restore").send();

    assertThat(created.header("Accept-Patch")).isEmpty();
    assertThat(created.header("Content-Location")).isEqualTo(created.header("Location"));
    assertThat(restored.header("Accept-Patch")).isEmpty();
    assertThat(restored.header("Content-Location")).isEqualTo(user);
    assertThat(restored.header("ETag")).isEqualTo(api.get(user).header("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match      | '\"1\"' | 412",
        "If-Match      | ''      | 412",
        "If-Match      | *       | 201",
        "If-Match      | 1       | 400",
        "If-None-Match | *       | 412",
        "If-None-Match | '\"1\"' | 201",
        "If-None-Match | ''      | 201",
        "If-None-Match | 1       | 400",
      })
  void a_condition_of_a_create_is_of_the_list(String name, String value, int status) {
    var answer = api.call("POST", "/users").header(name, value).json(BODY).send();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(api.get("/users").json().path("items")).hasSize(status == 201 ? 2 : 1);
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
