package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeleteAndRestoreTest {
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
  void a_deleted_user_is_not_found_and_its_address_is_free() {
    var answer = api.delete(user);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.text()).isEmpty();
    assertThat(api.get(user).status()).isEqualTo(404);
    assertThat(api.patch(user, "{\"name\":\"B\"}").status()).isEqualTo(404);
    assertThat(api.delete(user).status()).isEqualTo(404);
    assertThat(api.get(user + "/history").json().path("items")).hasSize(2);
    assertThat(api.post("/users", "{\"email\":\"ana@example.org\",\"name\":\"A\"}").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"\"1\"|204", "\"2\"|412", "*|204", "x|400"})
  void If_Match_guards_the_deletion(String tags, int status) {
    assertThat(api.call("DELETE", user).header("If-Match", tags).send().status()).isEqualTo(status);
  }

  @Test
  void a_deleted_user_is_listed_on_demand_with_its_time() {
    api.now.updateAndGet(now -> now.plusSeconds(1));
    api.delete(user);

    assertThat(api.get("/users").json().path("items")).isEmpty();
    var item = api.get("/users?deleted=only").json().path("items").path(0);
    assertThat(item.path("deletedAt").asText()).isEqualTo("2026-01-01T00:00:01.123Z");
    assertThat(item.path("updatedAt").asText()).isEqualTo("2026-01-01T00:00:01.123Z");
    assertThat(item.path("version").asInt()).isEqualTo(2);
  }

  @Test
  void a_restored_user_lives_again_one_version_on() {
    api.delete(user);

    var answer = api.call("POST", user + "/restore").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"3\"");
    assertThat(answer.json().path("email").asText()).isEqualTo("ana@example.org");
    assertThat(answer.json().has("deletedAt")).isFalse();
    assertThat(api.get(user).status()).isEqualTo(200);
  }

  @Test
  void a_living_user_is_not_restored() {
    var answer = api.call("POST", user + "/restore").send();

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/not-deleted");
  }

  /** RFC 9110 section 13.2.1: what would fail without a precondition fails for its own reason. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"If-Match|\"7\"", "If-Match|\"1\"", "If-None-Match|\"1\"", "If-None-Match|*"})
  void a_living_user_is_not_restored_whatever_is_demanded_of_its_version(String name, String tags) {
    var answer = api.call("POST", user + "/restore").header(name, tags).send();

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/not-deleted");
  }

  @Test
  void a_user_whose_address_is_taken_meanwhile_is_not_restored() {
    api.delete(user);
    api.aUser("ana@example.org");

    var answer = api.call("POST", user + "/restore").send();

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/email-taken");
  }

  @Test
  void If_Match_guards_the_restoration() {
    api.delete(user);

    assertThat(api.call("POST", user + "/restore").header("If-Match", "\"1\"").send().status())
        .isEqualTo(412);
    assertThat(api.call("POST", user + "/restore").header("If-Match", "\"2\"").send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "     | *            | 412",
        "     | \"2\"        | 412",
        "     | W/\"2\"      | 412",
        "     | \"0\", \"2\" | 412",
        "     | \"3\"        | 200",
        "*    | \"2\"        | 412",
        "\"2\" | \"3\"      | 200",
        "\"2\" | \"2\"      | 412",
        "\"2\" | *          | 412",
        "\"2\" | 2          | 400",
      })
  void If_None_Match_guards_it_the_other_way(@Nullable String wanted, String unwanted, int status) {
    api.delete(user);
    var restore = api.call("POST", user + "/restore").header("If-None-Match", unwanted);
    Optional.ofNullable(wanted).ifPresent(tags -> restore.header("If-Match", tags));

    assertThat(restore.send().status()).isEqualTo(status);
    assertThat(api.get(user).status()).isEqualTo(status == 200 ? 200 : 404);
  }

  @Test
  void a_malformed_precondition_is_told_of_a_living_user_too() {
    assertThat(api.call("POST", user + "/restore").header("If-None-Match", "1").send().status())
        .isEqualTo(400);
  }
}
