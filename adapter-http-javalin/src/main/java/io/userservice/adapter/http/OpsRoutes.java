package io.userservice.adapter.http;

import static io.userservice.adapter.http.Route.Access.OPEN;

import io.userservice.adapter.http.HttpApi.Health;
import io.userservice.adapter.http.HttpApi.Health.Degraded;
import io.userservice.adapter.http.HttpApi.Health.Down;
import io.userservice.adapter.http.HttpApi.Health.Ok;
import io.userservice.adapter.http.HttpApi.Metrics;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import java.util.List;

/** What operators and readers of documentation ask for; needs no token. */
final class OpsRoutes {
  private static final List<String> PAGE = List.of("text/html", "text/plain");

  private final Health health;
  private final Metrics metrics;

  OpsRoutes(Health health, Metrics metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  List<Route> table() {
    return List.of(
        Route.get("/health/live", OPEN, _ -> health(200, "ok", List.of())),
        Route.get("/health/ready", OPEN, _ -> ready()),
        Route.get("/metrics", OPEN, _ -> metrics()),
        Route.get("/problems/{slug}", OPEN, this::problem));
  }

  private Reply ready() {
    return switch (health.ready()) {
      case Ok _ -> health(200, "ok", List.of());
      case Degraded(var reasons) -> health(200, "degraded", reasons);
      case Down(var reasons) -> health(503, "down", reasons).with("Retry-After", "1");
    };
  }

  private static Reply health(int status, String word, List<String> reasons) {
    return Reply.json(
            status,
            JsonOut.body(
                json -> {
                  json.writeStartObject();
                  json.writeStringField("status", word);
                  if (!reasons.isEmpty()) {
                    json.writeArrayFieldStart("reasons");
                    for (var reason : reasons) {
                      json.writeString(reason);
                    }
                    json.writeEndArray();
                  }
                  json.writeEndObject();
                }))
        .with("Cache-Control", "no-store");
  }

  private Reply metrics() {
    return Reply.text(metrics.contentType(), metrics.text()).with("Cache-Control", "no-store");
  }

  private Reply problem(Exchange exchange) {
    var type =
        ProblemType.ofSlug(exchange.pathParameter("slug"))
            .orElseThrow(
                () ->
                    Problem.of(ProblemType.NOT_FOUND, "there is no such kind of problem").raised());
    var page =
        exchange.choose(PAGE).equals("text/html")
            ? Reply.text("text/html;charset=utf-8", ProblemPage.html(type))
            : Reply.text("text/plain;charset=utf-8", ProblemPage.text(type));
    return ProblemPage.SECURITY
        .protect(page)
        .with("Cache-Control", "public, max-age=3600")
        .with("Vary", "Accept");
  }
}
