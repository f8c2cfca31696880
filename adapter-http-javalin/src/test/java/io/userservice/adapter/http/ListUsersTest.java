package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListUsersTest {
  private final Api api = Api.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private String user(String email, String name) {
    api.now.updateAndGet(now -> now.plusMillis(1));
    return api.post("/users", "{\"email\":\"%s\",\"name\":\"%s\"}".formatted(email, name))
        .header("Location")
        .substring("/users/".length());
  }

  private static List<String> names(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("items").valueStream().map(u -> u.path("name").asText()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "createdAt, c a b",
    "-createdAt, b a c",
    "updatedAt, a b c",
    "-updatedAt, c b a",
    "email, b c a",
    "name, a b c",
  })
  void every_sort_is_walked_page_by_page_to_its_end(String sort, String order) {
    var c = user("2@example.org", "c");
    user("3@example.org", "a");
    user("1@example.org", "b");
    api.now.updateAndGet(now -> now.plusMillis(1));
    api.patch("/users/" + c, "{\"attributes\":{\"x\":1}}");

    var seen = new ArrayList<String>();
    var next = "/users?limit=1&sort=" + sort;
    while (!next.isEmpty()) {
      var answer = api.get(next);
      seen.addAll(names(answer));
      var cursor = answer.json().path("nextCursor");
      assertThat(answer.header("Link").isEmpty()).isEqualTo(cursor.isNull());
      next = answer.header("Link").replaceAll("<(.*)>; rel=\"next\"|", "$1");
      assertThat(next).contains(cursor.isNull() ? "" : cursor.asText());
    }
    assertThat(String.join(" ", seen)).isEqualTo(order);
  }

  @Test
  void the_default_is_by_time_of_creation_fifty_at_a_time() {
    for (var i = 0; i < 51; i++) {
      user(i + "@example.org", "n" + i);
    }

    var first = api.get("/users");

    assertThat(names(first)).hasSize(50).startsWith("n0", "n1");
    assertThat(names(api.get("/users?cursor=" + first.json().path("nextCursor").asText())))
        .containsExactly("n50");
  }

  @Test
  void no_user_that_stays_is_missed_or_seen_twice_while_others_come_and_go() {
    var first = user("1@example.org", "1");
    user("2@example.org", "2");
    user("3@example.org", "3");
    var page = api.get("/users?limit=1");
    api.delete("/users/" + first);
    user("4@example.org", "4");

    var rest = api.get("/users?cursor=" + page.json().path("nextCursor").asText());

    assertThat(names(rest)).containsExactly("2", "3", "4");
  }

  @Test
  void filters_narrow_the_list() {
    var ana = user("ana@example.org", "Ana");
    var bea = user("bea@example.org", "Bea_%");

    assertThat(names(api.get("/users?email=ANA@Example.ORG"))).containsExactly("Ana");
    assertThat(names(api.get("/users?id=" + ana + "&id=" + bea))).containsExactly("Ana", "Bea_%");
    assertThat(names(api.get("/users?id=" + bea))).containsExactly("Bea_%");
    assertThat(names(api.get("/users?q=an"))).containsExactly("Ana");
    assertThat(names(api.get("/users?q=BEA@"))).containsExactly("Bea_%");
    assertThat(names(api.get("/users?q=bea_%25"))).containsExactly("Bea_%");
    assertThat(names(api.get("/users?q=_na"))).isEmpty();
    assertThat(names(api.get("/users?q=%25"))).isEmpty();
    assertThat(names(api.get("/users?q=an&email=bea@example.org"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // Both users' times are whole milliseconds: .124 and .125.
    "createdAfter, 2026-01-01T00:00:00.123Z, a b",
    "createdAfter, 2026-01-01T00:00:00.123999999Z, a b",
    "createdAfter, 2026-01-01T00:00:00.124Z, b",
    "createdAfter, 2026-01-01T00:00:00.124000001Z, b",
    "createdAfter, 2026-01-01T01:00:00.124%2B01:00, b",
    "createdAfter, 2026-01-01T00:00:00.125Z, ''",
    "updatedSince, 2026-01-01T00:00:00.124Z, a b",
    "updatedSince, 2026-01-01T00:00:00.124000001Z, b",
    "updatedSince, 2026-01-01T00:00:00.125Z, b",
    "updatedSince, 2026-01-01T00:00:00.125000001Z, ''",
    "updatedSince, 0001-01-01T00:00:00Z, a b",
    "updatedSince, 9999-12-31T23:59:59.999Z, ''",
  })
  void createdAfter_excludes_its_time_and_updatedSince_includes_it(
      String filter, String time, String expected) {
    user("a@example.org", "a");
    user("b@example.org", "b");

    var found = names(api.get("/users?%s=%s".formatted(filter, time)));

    assertThat(String.join(" ", found)).isEqualTo(expected);
  }

  @Test
  void deleted_users_are_excluded_included_or_alone() {
    user("a@example.org", "a");
    api.delete("/users/" + user("b@example.org", "b"));

    assertThat(names(api.get("/users?deleted=exclude"))).containsExactly("a");
    assertThat(names(api.get("/users?deleted=include"))).containsExactly("a", "b");
    assertThat(names(api.get("/users?deleted=only"))).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0                         | /limit out_of_range",
        "limit=201                       | /limit out_of_range",
        "limit=-1                        | /limit out_of_range",
        "limit=1.5                       | /limit out_of_range",
        "limit=ten                       | /limit out_of_range",
        "limit=%2B5                      | /limit out_of_range",
        "limit=99999999999999999999      | /limit out_of_range",
        "limit=                          | /limit out_of_range",
        "limit=5&limit=5                 | /limit repeated",
        "email=nonsense                  | /email not_an_email_address",
        "email=                          | /email not_an_email_address",
        "id=1                            | /id not_a_uuid",
        "id=1-1-1-1-1                    | /id not_a_uuid",
        "q=                              | /q invalid_prefix",
        "q=a%00                          | /q invalid_prefix",
        "q=%0A                           | /q invalid_prefix",
        "createdAfter=yesterday          | /createdAfter not_an_instant",
        "createdAfter=2026-01-01         | /createdAfter not_an_instant",
        "createdAfter=2026-01-01T00:00:00| /createdAfter not_an_instant",
        "createdAfter=2026-02-30T00:00:00Z| /createdAfter not_an_instant",
        "updatedSince=-0001-01-01T00:00:00Z  | /updatedSince not_an_instant",
        "updatedSince=%2B999999-01-01T00:00:00Z  | /updatedSince not_an_instant",
        "updatedSince=9999-12-31T23:59:59.9995Z  | /updatedSince not_an_instant",
        "updatedSince=1767225600000      | /updatedSince not_an_instant",
        "deleted=yes                     | /deleted not_a_choice",
        "sort=age                        | /sort not_a_choice",
        "sort=-name                      | /sort not_a_choice",
        "sort=name,email                 | /sort not_a_choice",
        "cursor=nonsense                 | /cursor invalid_cursor",
        "cursor=                         | /cursor invalid_cursor",
        "Limit=5                         | /Limit unknown_parameter",
        "page=2                          | /page unknown_parameter",
        "=                               | '/ unknown_parameter'",
        "sort=age&limit=0&x=1&cursor=z   | /sort not_a_choice, /limit out_of_range,"
            + " /x unknown_parameter",
        "limit=0&cursor=nonsense         | /cursor invalid_cursor, /limit out_of_range",
      })
  void a_query_that_is_not_understood_is_refused_with_what_is_accepted(
      String query, String errors) {
    var answer = api.get("/users?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(String.join(", ", answer.errors())).isEqualTo(errors);
  }

  @Test
  void a_prefix_has_at_most_200_characters_and_an_id_at_most_200_fellows() {
    assertThat(api.get("/users?q=" + "x".repeat(200)).status()).isEqualTo(200);
    assertThat(api.get("/users?q=" + "x".repeat(201)).status()).isEqualTo(400);
    var id = "id=00000000-0000-7000-8000-000000000000&";
    assertThat(api.get("/users?" + id.repeat(200)).status()).isEqualTo(200);
    assertThat(api.get("/users?" + id.repeat(201)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=%ff", "q=%c3", "q=%ed%a0%80", "q=%c0%af"})
  void a_query_that_is_not_UTF_8_is_refused(String query) {
    assertThat(api.get("/users?" + query).status()).isEqualTo(400);
  }

  @Test
  void a_cursor_is_good_for_its_own_list_only() {
    for (var i = 0; i < 3; i++) {
      user(i + "@example.org", "a" + i);
    }
    var cursor = api.get("/users?limit=1&q=a&sort=name").json().path("nextCursor").asText();
    var history = api.get("/users?limit=1").json().path("nextCursor").asText();

    assertThat(api.get("/users?limit=2&q=a&sort=name&cursor=" + cursor).status()).isEqualTo(200);
    assertThat(api.get("/users?q=a&sort=email&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(api.get("/users?q=b&sort=name&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(api.get("/users?sort=name&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(api.get("/users?q=a&sort=name&deleted=include&cursor=" + cursor).status())
        .isEqualTo(400);
    assertThat(api.get("/users?q=a&sort=name&cursor=" + history).status()).isEqualTo(400);
    assertThat(api.get("/changes?after=" + cursor).status()).isEqualTo(400);
    assertThat(
            api.call("GET", "/users?q=a&sort=name&cursor=" + cursor).as("globex").send().status())
        .isEqualTo(400);
  }

  @Test
  void a_mistake_is_told_with_what_is_accepted_instead() {
    assertThat(api.get("/users?email=ana+news@example.org").text()).contains("a + is sent as %2B");
    assertThat(api.get("/users?id=00000000-0000-7000-8000-000000000000&id=x").text())
        .contains("the one in place 2 isn't a UUID; accepted are");
    assertThat(api.get("/users?limit=1&limit=2").text())
        .contains("given 2 times, once is accepted");
  }

  @Test
  void a_link_may_be_as_long_as_a_query_makes_it() {
    api.delete("/users/" + user("1@example.org", "A"));
    user("1@example.org", "B");
    var spaces = "+".repeat(5_500);

    var answer = api.get("/users?limit=1&deleted=include&email=" + spaces + "1@example.org");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Link")).contains("%20".repeat(5_500));
  }

  @Test
  void the_link_keeps_the_query() {
    user("1@example.org", "Ä b");
    user("2@example.org", "Ä b");

    var link = api.get("/users?q=%C3%84+b&limit=1").header("Link");

    assertThat(link).startsWith("</users?q=%C3%84%20b&limit=1&cursor=").endsWith(">; rel=\"next\"");
  }
}
