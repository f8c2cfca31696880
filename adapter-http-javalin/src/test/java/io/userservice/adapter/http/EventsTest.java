package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
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

  private void publish() {
    var pending = api.persistence.outbox().next(100);
    var lease = api.persistence.lease().tryAcquire().orElseThrow();
    api.persistence
        .outbox()
        .delivered(
            lease.token(),
            pending.stream().map(event -> new Delivery(event, event.sequence())).toList());
    lease.release();
  }

  @Test
  void the_history_tells_all_changes_newest_first_with_who_did_them() {
    api.patch(user, "{\"name\":\"Bea\",\"attributes\":{\"n\":1.50}}");
    api.delete(user);
    api.call("POST", user + "/restore").send();

    var answer = api.get(user + "/history");

    assertThat(answer.status()).isEqualTo(200);
    var at = "\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"actor\":\"ana\"";
    assertThat(answer.text())
        .isEqualTo(
            "{\"items\":["
                + "{\"eventId\":\"00000000-0005-7000-8000-000000000000\",\"type\":\"user.updated\","
                + "\"version\":4,%1$s,\"changes\":{\"deletedAt\":{\"from\":1767225600123,\"to\":null}}},"
                    .formatted(at)
                + "{\"eventId\":\"00000000-0004-7000-8000-000000000000\",\"type\":\"user.deleted\","
                + "\"version\":3,%1$s},".formatted(at)
                + "{\"eventId\":\"00000000-0003-7000-8000-000000000000\",\"type\":\"user.updated\","
                + "\"version\":2,%1$s,\"changes\":{\"name\":{\"from\":\"Ana\",\"to\":\"Bea\"},"
                    .formatted(at)
                + "\"attributes.n\":{\"from\":null,\"to\":1.5}}},"
                + "{\"eventId\":\"00000000-0002-7000-8000-000000000000\",\"type\":\"user.created\","
                + "\"version\":1,%1$s}],\"nextCursor\":null}".formatted(at));
  }

  @Test
  void the_history_is_walked_page_by_page() {
    api.patch(user, "{\"name\":\"Bea\"}");
    api.patch(user, "{\"name\":\"Cleo\"}");

    var first = api.get(user + "/history?limit=2");
    var next = first.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
    var second = api.get(next);

    assertThat(first.json().path("items").findValuesAsText("version")).containsExactly("3", "2");
    assertThat(second.json().path("items").findValuesAsText("version")).containsExactly("1");
    assertThat(second.json().path("nextCursor").isNull()).isTrue();
  }

  @Test
  void a_cursor_of_another_history_is_refused() {
    api.patch(user, "{\"name\":\"Bea\"}");
    var other = api.aUser("bea@example.org");
    var cursor = api.get(user + "/history?limit=1").json().path("nextCursor").asText();

    var answer = api.get(other + "/history?cursor=" + cursor);

    assertThat(answer.errors()).containsExactly("/cursor invalid_cursor");
  }

  @Test
  void the_history_is_the_tenants_own() {
    var foreign = api.call("GET", user + "/history").as("globex").send();

    assertThat(foreign.status()).isEqualTo(404);
  }

  @Test
  void the_feed_has_the_payloads_as_the_stream_carries_them_and_never_ends() {
    api.patch(user, "{\"name\":\"Bea\"}");
    publish();

    var answer = api.get("/changes?limit=1");
    var second = api.get("/changes?after=" + answer.json().path("nextCursor").asText());
    var after = second.json().path("nextCursor").asText();
    var third = api.get("/changes?after=" + after);

    assertThat(answer.text())
        .startsWith(
            "{\"items\":[{\"eventId\":\"00000000-0002-7000-8000-000000000000\","
                + "\"type\":\"user.created\",\"userId\":\"00000000-0001-7000-8000-000000000000\","
                + "\"version\":1,\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"actor\":\"ana\","
                + "\"data\":{\"userId\":\"00000000-0001-7000-8000-000000000000\","
                + "\"email\":\"ana@example.org\",\"tenantId\":\"acme\","
                + "\"timestamp\":1767225600123}}],\"nextCursor\":\"");
    assertThat(second.json().path("items").findValuesAsText("type"))
        .containsExactly("user.updated");
    assertThat(third.json().path("items")).isEmpty();
    assertThat(third.json().path("nextCursor").asText()).isEqualTo(after);
    assertThat(third.header("Link")).contains(after);
  }

  @Test
  void the_feed_is_the_tenants_own() {
    publish();
    var cursor = api.get("/changes").json().path("nextCursor").asText();

    assertThat(api.call("GET", "/changes").as("globex").send().json().path("items")).isEmpty();
    assertThat(api.call("GET", "/changes?after=" + cursor).as("globex").send().status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=x", "after=x", "cursor=x", "after=&limit=5", "x=1"})
  void a_query_that_is_not_understood_is_refused(String query) {
    assertThat(api.get("/changes?" + query).status()).isEqualTo(400);
    assertThat(api.get(user + "/history?" + query).status()).isEqualTo(400);
  }
}
