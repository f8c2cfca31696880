package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.testkit.Collision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateUserTest {
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
  void the_answer_is_the_changed_user_and_its_new_version() {
    api.now.updateAndGet(now -> now.plusSeconds(1));

    var answer = api.patch(user, "{\"name\":\"Bea\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    assertThat(answer.json().path("name").asText()).isEqualTo("Bea");
    assertThat(answer.json().path("email").asText()).isEqualTo("ana@example.org");
    assertThat(answer.json().path("updatedAt").asText()).isEqualTo("2026-01-01T00:00:01.123Z");
    assertThat(answer.json().path("createdAt").asText()).isEqualTo("2026-01-01T00:00:00.123Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/merge-patch+json",
        "application/json",
        "Application/Merge-Patch+JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
      })
  void both_media_types_are_merge_patches(String type) {
    var answer =
        api.call("PATCH", user)
            .body(type, "{\"name\":\"B\"}".getBytes(StandardCharsets.UTF_8))
            .send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"Ana\"}",
        "{\"attributes\":{\"gone\":null}}",
        "{\"attributes\":null}"
      })
  void a_patch_that_changes_nothing_changes_no_version_and_raises_no_event(String patch) {
    var answer = api.patch(user, patch);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(api.get(user + "/history").json().path("items")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Appendix A of RFC 7396, as far as its targets are objects without nulls.
        "{\"a\":\"b\"}          | {\"a\":\"c\"}                | {\"a\":\"c\"}",
        "{\"a\":\"b\"}          | {\"b\":\"c\"}                | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}          | {\"a\":null}                 | {}",
        "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null}              | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]}        | {\"a\":\"c\"}                | {\"a\":\"c\"}",
        "{\"a\":\"c\"}          | {\"a\":[\"b\"]}              | {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}  | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}| {\"a\":[1]}                  | {\"a\":[1]}",
        "{}                     | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
      })
  void attributes_are_merged_as_RFC_7396_says(String before, String patch, String after) {
    var body = "{\"email\":\"b@example.org\",\"name\":\"B\",\"attributes\":%s}".formatted(before);
    var other = api.post("/users", body).header("Location");

    var answer = api.patch(other, "{\"attributes\":%s}".formatted(patch));

    assertThat(answer.json().path("attributes").toString()).isEqualTo(after);
  }

  @Test
  void attributes_null_resets_them() {
    api.patch(user, "{\"attributes\":{\"a\":1,\"b\":2}}");

    var answer = api.patch(user, "{\"attributes\":null}");

    assertThat(answer.json().path("attributes").toString()).isEqualTo("{}");
    assertThat(api.get(user + "/history").text())
        .contains(
            "\"changes\":{\"attributes.a\":{\"from\":1,\"to\":null},"
                + "\"attributes.b\":{\"from\":2,\"to\":null}}");
  }

  @Test
  void the_limits_of_attributes_hold_for_the_merged_result() {
    var half = "x".repeat(9 * 1024);
    api.patch(user, "{\"attributes\":{\"a\":\"%s\"}}".formatted(half));

    var answer = api.patch(user, "{\"attributes\":{\"b\":\"%s\"}}".formatted(half));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errors()).containsExactly("/attributes too_large");
    assertThat(
            api.patch(user, "{\"attributes\":{\"a\":null,\"b\":\"%s\"}}".formatted(half)).status())
        .isEqualTo(200);
  }

  @Test
  void all_violations_are_told_at_once() {
    var answer =
        api.patch(
            user,
            "{\"id\":null,\"version\":1,\"x\":1,\"email\":null,\"name\":7,\"attributes\":[]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errors())
        .containsExactly(
            "/id read_only",
            "/version read_only",
            "/x unknown_member",
            "/email null",
            "/name wrong_type",
            "/attributes wrong_type");
  }

  @Test
  void what_is_wrong_with_attributes_is_told_with_the_rest() {
    var answer = api.patch(user, "{\"name\":\"\",\"attributes\":{\"bad key\":1,\"a\":[[[[[]]]]]}}");

    assertThat(answer.errors())
        .containsExactly("/name blank", "/attributes/bad key invalid_key", "/attributes too_deep");
  }

  @Test
  void a_read_only_member_is_refused_even_with_its_present_value() {
    assertThat(api.patch(user, "{\"tenantId\":\"acme\"}").errors())
        .containsExactly("/tenantId read_only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"x\"", "1"})
  void a_patch_that_is_no_object_is_refused(String patch) {
    assertThat(api.patch(user, patch).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"1\"|200",
        "*|200",
        "\"2\", \"1\"|200",
        "\"2\"|412",
        "W/\"1\"|412",
        "\"01\"|412",
        "\"\"|412",
        "\"99999999999999999999\"|412",
        "1|400",
        "\"1|400",
      })
  void If_Match_guards_the_change(String tags, int status) {
    var answer = api.call("PATCH", user).header("If-Match", tags).json("{\"name\":\"Bea\"}").send();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(api.get(user).header("ETag")).isEqualTo(status == 200 ? "\"2\"" : "\"1\"");
  }

  @Test
  void a_precondition_that_can_never_be_met_says_so() {
    assertThat(api.call("DELETE", user).header("If-Match", "W/\"1\"").send().text())
        .contains("a weak tag never matches");
    assertThat(api.call("DELETE", user).header("If-None-Match", "*").send().text())
        .contains("If-None-Match: * allows no change");
    assertThat(api.call("DELETE", user).header("If-Match", "\"2\"").send().text())
        .contains("the user is at a version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "     | *            | 412",
        "     | \"1\"        | 412",
        "     | W/\"1\"      | 412",
        "     | \"0\", \"1\" | 412",
        "     | \"2\"        | 200",
        "*    | \"1\"        | 412",
        "\"1\" | \"2\"      | 200",
        "\"1\" | \"1\"      | 412",
        "\"1\" | *          | 412",
        "\"1\" | 1          | 400",
      })
  void If_None_Match_guards_it_the_other_way(@Nullable String wanted, String unwanted, int status) {
    var changes =
        status == 200
            ? List.of(api.call("PATCH", user).json("{\"name\":\"Bea\"}"))
            : List.of(api.call("PATCH", user).json("{\"name\":\"Bea\"}"), api.call("DELETE", user));
    for (var change : changes) {
      Optional.ofNullable(wanted).ifPresent(tags -> change.header("If-Match", tags));

      assertThat(change.header("If-None-Match", unwanted).send().status()).isEqualTo(status);
    }
    assertThat(api.get(user).header("ETag")).isEqualTo(status == 200 ? "\"2\"" : "\"1\"");
  }

  @Test
  void of_many_changes_to_one_version_one_wins() throws Exception {
    var statuses =
        Collision.of(
            20,
            i ->
                () ->
                    api.call("PATCH", user)
                        .header("If-Match", "\"1\"")
                        .json("{\"name\":\"n%d\"}".formatted(i))
                        .send()
                        .status());

    assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
  }

  @Test
  void an_address_that_another_has_is_refused() {
    api.aUser("bea@example.org");

    var answer = api.patch(user, "{\"email\":\"Bea@Example.org\"}");

    assertThat(answer.status()).isEqualTo(409);
  }
}
