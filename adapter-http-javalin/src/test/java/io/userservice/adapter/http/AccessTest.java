package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.Api.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private final Api api = Api.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /users",
    "POST, /users",
    "GET, /users/1",
    "PATCH, /users/1",
    "DELETE, /users/1",
    "POST, /users/1/restore",
    "GET, /users/1/history",
    "GET, /changes",
    "OPTIONS, /users",
    "PUT, /users",
    "GET, /",
    "GET, /nothing",
    "GET, /metricsx",
    "GET, /users/../metrics",
    "GET, /docsx",
    "GET, /health",
    "GET, /problems",
  })
  void without_a_token_nothing_is_told_not_even_that_nothing_is_there(String method, String path) {
    var answer = api.anonymous(method, path).send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"user-service\"");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/live",
        "/health/ready",
        "/metrics",
        "/problems/not-found",
        "/openapi.yaml",
        "/openapi.json",
        "/asyncapi.yaml",
        "/asyncapi.json",
        "/schemas/user.created.json",
        "/docs",
      })
  void operators_and_readers_need_no_token(String path) {
    assertThat(api.anonymous("GET", path).send().status()).isEqualTo(200);
    assertThat(api.anonymous("HEAD", path).send().status()).isEqualTo(200);
    assertThat(api.anonymous("OPTIONS", path).send().status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/x", "/problems/x", "/schemas/x", "/openapi.toml", "/docs/x"})
  void what_is_missing_there_is_missing_for_everyone(String path) {
    assertThat(api.anonymous("GET", path).send().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer x", "Bearer a.b.c", "bearer  ", "Bearer null", "BEARER e30.e30.e30"})
  void a_bad_token_is_told_so_and_no_more(String header) {
    var answer = api.anonymous("GET", "/users").header("Authorization", header).send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .isIn(
            "Bearer realm=\"user-service\", error=\"invalid_token\"",
            "Bearer realm=\"user-service\"");
    assertThat(answer.text()).doesNotContain("signature", "expired", "algorithm");
  }

  @Test
  void another_scheme_is_no_token() {
    var answer = api.anonymous("GET", "/users").header("Authorization", "Basic YTpi").send();

    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"user-service\"");
  }

  /** A proxy may send requests of many clients over one connection. */
  @Test
  void a_token_in_another_case_is_another_token_also_on_a_connection_that_had_the_right_one()
      throws IOException {
    var token = Api.token("acme");
    try (var wire = new Wire(api.port())) {
      assertThat(wire.send(withToken(token)).answer().status()).isEqualTo(200);
      assertThat(wire.send(withToken(token)).answer().status()).isEqualTo(200);

      assertThat(wire.send(withToken(token.toLowerCase(Locale.ROOT))).answer().status())
          .isEqualTo(401);
    }
  }

  private static String withToken(String token) {
    return "GET /users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
  }

  @Test
  void two_tokens_are_none() {
    var answer =
        api.call("GET", "/users").header("Authorization", "Bearer " + Api.token("globex")).send();

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void a_token_in_the_query_is_none() {
    var answer = api.anonymous("GET", "/users?access_token=" + Api.token("acme")).send();

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void the_scheme_is_known_in_any_case() {
    var answer =
        api.anonymous("GET", "/users")
            .header("Authorization", "bEARER " + Api.token("acme"))
            .send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void an_unsigned_token_is_refused() {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var token =
        encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(
                "{\"tenantId\":\"acme\",\"exp\":9999999999}".getBytes(StandardCharsets.UTF_8))
            + ".";

    assertThat(
            api.anonymous("GET", "/users")
                .header("Authorization", "Bearer " + token)
                .send()
                .status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /users, users:read",
    "HEAD, /users, users:read",
    "GET, /changes, users:read",
    "GET, /users/1/history, users:read",
    "POST, /users, users:write",
    "PATCH, /users/1, users:write",
    "DELETE, /users/1, users:write",
    "POST, /users/1/restore, users:write",
  })
  void scopes_are_demanded_when_they_are_required(String method, String path, String scope) {
    try (var strict = Api.startRequiringScopes()) {
      Function<String, Call> with =
          scopes ->
              strict
                  .anonymous(method, path)
                  .header("Authorization", "Bearer " + Api.token("acme", scopes));
      var other = scope.equals("users:read") ? "users:write" : "users:read";

      var refused = with.apply(other + " users:reader").send();

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("WWW-Authenticate"))
          .isEqualTo(
              "Bearer realm=\"user-service\", error=\"insufficient_scope\", scope=\"%s\""
                  .formatted(scope));
      assertThat(with.apply("x " + scope).send().status()).isNotIn(401, 403);
    }
  }

  @Test
  void what_is_anothers_is_unknown_byte_for_byte() {
    var theirs =
        api.call("POST", "/users")
            .as("globex")
            .json("{\"email\":\"ana@example.org\",\"name\":\"Ana\"}")
            .send()
            .header("Location");
    var deleted = api.aUser("bea@example.org");
    api.delete(deleted);
    var unknown = "/users/00000000-0000-7000-8000-00000000ffff";

    for (var probe : probes()) {
      var foreign = probe.apply(theirs);
      var missing = probe.apply(unknown);
      assertThat(foreign).isEqualTo(missing);
      assertThat(foreign).startsWith("404");
    }
    for (var probe : probes().subList(0, 7)) {
      assertThat(probe.apply(deleted)).isEqualTo(probe.apply(unknown));
    }
    assertThat(api.call("GET", theirs).as("globex").send().header("ETag")).isEqualTo("\"1\"");
    assertThat(api.get("/users?deleted=include&id=" + theirs.substring(7)).json().path("items"))
        .isEmpty();
    assertThat(api.get("/users?email=ana@example.org").json().path("items")).isEmpty();
  }

  /** Each answer with the id taken out of it: what is left must be the same. */
  private List<Function<String, String>> probes() {
    var probes = new ArrayList<Function<String, String>>();
    probes.add(path -> shown(api.call("GET", path), path));
    probes.add(path -> shown(api.call("GET", path).header("If-None-Match", "*"), path));
    probes.add(path -> shown(api.call("GET", path).header("If-Match", "\"9\""), path));
    probes.add(path -> shown(api.call("PATCH", path).json("{\"name\":\"X\"}"), path));
    probes.add(path -> shown(api.call("PATCH", path).header("If-Match", "*").json("{}"), path));
    probes.add(path -> shown(api.call("DELETE", path), path));
    probes.add(path -> shown(api.call("DELETE", path).header("If-Match", "\"1\""), path));
    probes.add(path -> shown(api.call("GET", path + "/history"), path));
    probes.add(path -> shown(api.call("POST", path + "/restore"), path));
    probes.add(
        path -> shown(api.call("POST", path + "/restore").header("If-Match", "\"1\""), path));
    return probes;
  }

  private static String shown(Call call, String path) {
    var answer = call.send();
    var headers = new java.util.TreeMap<>(answer.response().headers().map());
    headers.keySet().removeAll(List.of("date", "x-request-id"));
    return answer.status() + " " + headers + answer.text().replace(path, "/users/{id}");
  }
}
