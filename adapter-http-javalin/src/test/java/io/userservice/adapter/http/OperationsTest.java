package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.Api.Observed;
import io.userservice.adapter.http.HttpApi.Health.Degraded;
import io.userservice.adapter.http.HttpApi.Health.Down;
import io.userservice.adapter.http.HttpApi.UseCases;
import io.userservice.adapter.http.problem.ProblemHandlers;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.ReadUsers;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
  private final Api api = Api.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void the_service_is_live_whatever_its_dependencies_do() {
    api.health.set(new Down(List.of("database: away")));
    api.faults.available(false);

    var answer = api.anonymous("GET", "/health/live").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void readiness_is_told_with_its_reasons() {
    assertThat(api.anonymous("GET", "/health/ready").send().text())
        .isEqualTo("{\"status\":\"ok\"}");

    api.health.set(new Degraded(List.of("nats: away")));
    var degraded = api.anonymous("GET", "/health/ready").send();
    assertThat(degraded.status()).isEqualTo(200);
    assertThat(degraded.text()).isEqualTo("{\"status\":\"degraded\",\"reasons\":[\"nats: away\"]}");

    api.health.set(new Down(List.of("database: away")));
    var down = api.anonymous("GET", "/health/ready").send();
    assertThat(down.status()).isEqualTo(503);
    assertThat(down.text()).isEqualTo("{\"status\":\"down\",\"reasons\":[\"database: away\"]}");
  }

  @Test
  void metrics_are_text_for_prometheus() {
    var answer =
        api.anonymous("GET", "/metrics").header("Accept", "text/plain;version=0.0.4").send();

    assertThat(answer.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
    assertThat(answer.text()).isEqualTo("up 1\n");
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void every_kind_of_problem_has_a_readable_page(ProblemType type) {
    var html = api.anonymous("GET", type.uri()).header("Accept", "text/html,*/*;q=0.8").send();
    var text = api.anonymous("GET", type.uri()).header("Accept", "text/plain").send();

    assertThat(html.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(html.text()).startsWith("<!DOCTYPE html>").contains("<code>" + type.slug());
    assertThat(text.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(text.text()).contains(type.title(), type.explanation());
    assertThat(api.anonymous("GET", type.uri()).header("Accept", "image/png").send().status())
        .isEqualTo(406);
  }

  @Test
  void while_the_database_is_away_the_answer_is_to_try_again() {
    var user = api.aUser("ana@example.org");
    api.faults.available(false);

    for (var answer :
        List.of(
            api.get(user),
            api.get("/users"),
            api.get(user + "/history"),
            api.get("/changes"),
            api.patch(user, "{}"),
            api.delete(user),
            api.post("/users", "{\"email\":\"b@example.org\",\"name\":\"B\"}"))) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(api.unavailable).hasSize(7).containsOnly(Reason.DATABASE);
  }

  @Test
  void a_well_formed_request_id_is_kept_and_any_other_replaced() {
    var kept = api.call("GET", "/users").header("X-Request-Id", "Az09._-").send();
    assertThat(kept.header("X-Request-Id")).isEqualTo("Az09._-");

    for (var id : List.of("a b", "x".repeat(129), "a/b", "")) {
      var answer = api.anonymous("GET", "/nothing").header("X-Request-Id", id).send();
      assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{32}").isNotEqualTo(id);
    }
    assertThat(api.get("/users").header("X-Request-Id"))
        .isNotEqualTo(api.get("/users").header("X-Request-Id"));
  }

  @Test
  void a_trace_goes_on_into_the_event_and_into_the_answer() {
    var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    var answer =
        api.call("POST", "/users")
            .header("traceparent", trace)
            .json("{\"email\":\"a@example.org\",\"name\":\"A\"}")
            .send();

    assertThat(answer.header("traceparent")).isEqualTo(trace);
    assertThat(api.persistence.outbox().next(1).getFirst().event().trace().orElseThrow().value())
        .isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra",
      })
  void a_trace_that_is_not_well_formed_is_none(String trace) {
    var answer = api.call("GET", "/users").header("traceparent", trace).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("traceparent")).isEmpty();
  }

  @Test
  void the_observer_is_told_the_template_of_the_path_and_never_an_id() {
    var user = api.aUser("ana@example.org");
    api.call("HEAD", user).send();
    api.anonymous("PATCH", user).send();
    api.get("/nothing");
    api.call("BREW", "/users").send();
    api.get("/users/%c0%af");

    assertThat(api.observed)
        .containsExactly(
            new Observed("POST", "/users", 201),
            new Observed("HEAD", "/users/{id}", 200),
            new Observed("PATCH", "/users/{id}", 401),
            new Observed("GET", "unmatched", 404),
            new Observed("OTHER", "unmatched", 405),
            new Observed("GET", "unmatched", 400));
  }

  @Test
  void what_nobody_expected_is_logged_with_the_request_and_not_told() {
    try (var logged = new LoggedLines(ProblemHandlers.class.getName());
        var broken =
            Api.startWith(
                reading(
                    () -> {
                      throw new IllegalStateException("secret");
                    }))) {
      var answer =
          broken
              .call("GET", "/users/00000000-0000-7000-8000-000000000000")
              .header("X-Request-Id", "r-1")
              .send();

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).doesNotContain("secret", "Exception", "\tat ");
      assertThat(logged.texts()).singleElement().asString().contains("r-1");
    }
  }

  @Test
  void an_Error_is_a_problem_too() {
    try (var broken =
        Api.startWith(
            reading(
                () -> {
                  throw new StackOverflowError();
                }))) {
      var answer = broken.get("/users/00000000-0000-7000-8000-000000000000");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().path("type").asText()).isEqualTo("/problems/internal-error");
    }
  }

  @Test
  void a_request_in_flight_ends_while_the_service_stops() throws Exception {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var slow =
        Api.startWith(
            reading(
                () -> {
                  begun.countDown();
                  await(end);
                  return Optional.empty();
                }));
    var inFlight =
        CompletableFuture.supplyAsync(
            () -> slow.get("/users/00000000-0000-7000-8000-000000000000").status());
    begun.await();
    var stopped = CompletableFuture.runAsync(slow::stopServer);
    while (slow.accepts()) {
      Thread.onSpinWait();
    }
    end.countDown();

    assertThat(inFlight.get()).isEqualTo(404);
    stopped.get();
    slow.close();
  }

  @Test
  void a_request_that_does_not_end_is_cut_off_when_the_time_to_stop_is_over() throws Exception {
    var begun = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var stuck =
        Api.startWithStopTimeout(
            Duration.ofMillis(100),
            reading(
                () -> {
                  begun.countDown();
                  await(never);
                  return Optional.empty();
                }));
    try (var wire = new Wire(stuck.port())) {
      wire.send(
          "GET /users/00000000-0000-7000-8000-000000000000 HTTP/1.1\r\nHost: x\r\n"
              + "Authorization: Bearer %s\r\n\r\n".formatted(Api.token("acme")));
      begun.await();

      stuck.close();

      assertThat(wire.answer().status()).isNotEqualTo(200);
      assertThat(stuck.accepts()).isFalse();
    } finally {
      never.countDown();
    }
  }

  @Test
  void requests_run_on_virtual_threads() {
    var virtual = new AtomicBoolean();
    try (var watched =
        Api.startWith(
            reading(
                () -> {
                  virtual.set(Thread.currentThread().isVirtual());
                  return Optional.empty();
                }))) {
      watched.get("/users/00000000-0000-7000-8000-000000000000");
    }

    assertThat(virtual).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The service as it is, but for what becomes of who looks for one user. */
  private static Api.UnaryUseCases reading(Supplier<Optional<ActiveUser>> one) {
    return all -> new UseCases(all.manage(), new Reading(one), all.events());
  }

  private record Reading(Supplier<Optional<ActiveUser>> one) implements ReadUsers {
    @Override
    public Optional<ActiveUser> get(Caller caller, UserId id) {
      return one.get();
    }

    @Override
    public Page<User, Keyset> list(Caller caller, UserQuery query) {
      return new Page<>(List.of(), Optional.empty());
    }
  }
}
