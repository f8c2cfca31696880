package io.userservice.adapter.http.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driving.EventType;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** As another team uses it: with public types alone. */
final class UserServiceFixtureTest {
  private static final String ANA = "{\"email\":\"ana@example.org\",\"name\":\"Ana\"}";
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void what_is_created_by_http_is_an_event_that_can_be_waited_for() throws Exception {
    try (var service = UserServiceFixture.start()) {
      var answer = create(service, service.token("acme"));

      var event = service.awaitEvent(one -> one.type() == EventType.CREATED);

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("Location")).contains("/users/" + event.user().id());
      assertThat(service.events()).containsExactly(event);
    }
  }

  @Test
  void an_event_that_does_not_come_is_told_with_those_that_did() throws Exception {
    try (var service = UserServiceFixture.start()) {
      create(service, service.token("acme"));
      service.awaitEvent(event -> event.type() == EventType.CREATED);

      Thread.currentThread().interrupt(); // or it would wait for seconds
      assertThatThrownBy(() -> service.awaitEvent(event -> event.type() == EventType.DELETED))
          .isInstanceOf(AssertionError.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void a_broker_that_is_away_holds_events_and_no_requests() throws Exception {
    try (var service = UserServiceFixture.start()) {
      service.brokerIsThere(false);

      assertThat(create(service, service.token("acme")).statusCode()).isEqualTo(201);
      assertThat(service.events()).isEmpty();
      assertThat(get(service, "/health/ready").body()).contains("degraded");
      assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);

      service.brokerIsThere(true);
      service.awaitEvent(event -> event.type() == EventType.CREATED);
      assertThat(get(service, "/health/ready").body()).doesNotContain("degraded");
    }
  }

  @Test
  void a_database_that_is_away_is_503() throws Exception {
    try (var service = UserServiceFixture.start()) {
      service.databaseIsThere(false);

      assertThat(create(service, service.token("acme")).statusCode()).isEqualTo(503);
      assertThat(get(service, "/health/ready").statusCode()).isEqualTo(503);

      service.databaseIsThere(true);
      assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void several_events_are_waited_for_together() throws Exception {
    try (var service = UserServiceFixture.start()) {
      for (var tenant : List.of("acme", "globex", "initech")) {
        create(service, service.token(tenant));
      }

      assertThat(service.awaitEvents(3, event -> event.type() == EventType.CREATED))
          .containsExactlyElementsOf(service.events());
      assertThat(service.awaitEvents(2, _ -> true))
          .containsExactlyElementsOf(service.events().subList(0, 2));
    }
  }

  /** The first one in a JVM loads classes; on a busy machine one start of many is undisturbed. */
  @Test
  void a_start_takes_less_than_300_ms() {
    await()
        .pollInterval(Duration.ZERO)
        .until(UserServiceFixtureTest::start, millis -> millis < 300);
  }

  /** The client keeps its connection. To cut it off, as one amid a request, would take 200 ms. */
  @Test
  void an_end_takes_less_than_150_ms() {
    await().pollInterval(Duration.ZERO).until(this::end, millis -> millis < 150);
  }

  @Test
  void scopes_are_demanded_if_wanted() throws Exception {
    try (var service = UserServiceFixture.startRequiringScopes()) {
      assertThat(create(service, service.token("acme", "users:read")).statusCode()).isEqualTo(403);
      assertThat(create(service, service.token("acme")).statusCode()).isEqualTo(201);
    }
  }

  private static long start() {
    var begin = System.nanoTime();
    try (var _ = UserServiceFixture.start()) {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
  }

  private long end() throws IOException, InterruptedException {
    long begin;
    try (var service = UserServiceFixture.start()) {
      get(service, "/health/live");
      begin = System.nanoTime();
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private HttpResponse<String> get(UserServiceFixture service, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(service.url().resolve(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> create(UserServiceFixture service, String token)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(service.url().resolve("/users"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ANA))
            .build(),
        BodyHandlers.ofString());
  }
}
