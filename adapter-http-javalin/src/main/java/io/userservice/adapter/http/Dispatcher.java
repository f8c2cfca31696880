package io.userservice.adapter.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.userservice.adapter.http.HttpApi.Operations;
import io.userservice.adapter.http.HttpApi.RequestObserver;
import io.userservice.adapter.http.HttpApi.UnavailabilityObserver;
import io.userservice.adapter.http.Route.Access;
import io.userservice.adapter.http.auth.TokenVerifier;
import io.userservice.adapter.http.auth.TokenVerifier.VerifiedToken;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemHandlers;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import io.userservice.application.driven.StoreUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What every request has in common: its id, its sender, its one answer (also when something is
 * thrown), and that it is told of.
 */
final class Dispatcher {
  private static final String UNMATCHED = "unmatched";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  /** Where no token is needed, whether something is there or not. */
  private static final List<String> OPEN_PATHS =
      List.of("/health/", "/problems/", "/openapi.", "/asyncapi.", "/schemas/", "/docs/");

  private static final Set<String> OPEN_PAGES = Set.of("/metrics", "/docs");

  private final TokenVerifier tokens;
  private final boolean requireScopes;
  private final RequestObserver observer;
  private final UnavailabilityObserver unavailability;
  private final ReplyRoom room;

  Dispatcher(TokenVerifier tokens, boolean requireScopes, Operations operations, ReplyRoom room) {
    this.tokens = tokens;
    this.requireScopes = requireScopes;
    this.observer = operations.observer();
    this.unavailability = operations.unavailability();
    this.room = room;
  }

  /** What is known of a request between its begin and its end. */
  private static final class Progress {
    private final long begin = System.nanoTime();
    private final String requestId;
    private String route = UNMATCHED;
    private Optional<Reply> reply = Optional.empty();

    Progress(String requestId) {
      this.requestId = requestId;
    }
  }

  void install(JavalinConfig config, List<Route> table) {
    config.routes.before(context -> progress(context));
    for (var route : table) {
      config.routes.addHttpHandler(route.method(), route.path(), context -> answer(context, route));
    }
    config.routes.exception(HttpResponseException.class, (e, context) -> unmatched(context, e));
    config.routes.exception(Exception.class, (e, context) -> failed(context, e));
    config.routes.after(this::finish);
  }

  /** With HEAD wherever there is GET, and OPTIONS everywhere. */
  static List<Route> complete(List<Route> table) {
    var all = new ArrayList<Route>(table);
    var methods = new LinkedHashMap<String, List<HandlerType>>();
    for (var route : table) {
      var known = methods.computeIfAbsent(route.path(), _ -> new ArrayList<>());
      known.add(route.method());
      if (route.method().equals(HandlerType.GET)) {
        known.add(HandlerType.HEAD);
        all.add(new Route(HandlerType.HEAD, route.path(), route.access(), route.endpoint()));
      }
    }
    methods.forEach((path, known) -> all.add(options(path, known, table)));
    return all;
  }

  private static Route options(String path, List<HandlerType> methods, List<Route> table) {
    methods.add(HandlerType.OPTIONS);
    var allow = methods.stream().map(HandlerType::name).collect(Collectors.joining(", "));
    var plain = Reply.empty(204).with("Allow", allow);
    var reply =
        methods.contains(HandlerType.PATCH)
            ? plain.with("Accept-Patch", MediaTypes.ACCEPT_PATCH)
            : plain;
    var isOpen =
        table.stream()
            .filter(route -> route.path().equals(path))
            .allMatch(route -> route.access() == Access.OPEN);
    return new Route(
        HandlerType.OPTIONS, path, isOpen ? Access.OPEN : Access.IDENTIFIED, _ -> reply);
  }

  private static Progress progress(Context context) {
    Progress known = context.attribute(Progress.class.getName());
    if (known != null) {
      return known;
    }
    var progress = new Progress(RequestIds.of(context.header(RequestIds.HEADER)));
    context.attribute(Progress.class.getName(), progress);
    return progress;
  }

  private void answer(Context context, Route route) {
    var progress = progress(context);
    progress.route = route.path();
    var token =
        route.access() == Access.OPEN
            ? Optional.<VerifiedToken>empty()
            : Optional.of(verify(context));
    demandScope(route, token);
    progress.reply = Optional.of(route.endpoint().answer(new Exchange(context, token)));
  }

  private VerifiedToken verify(Context context) {
    return tokens.verify(Collections.list(context.req().getHeaders("Authorization")));
  }

  private void demandScope(Route route, Optional<VerifiedToken> token) {
    if (requireScopes && token.isPresent() && route.access().scope().isPresent()) {
      var scope = route.access().scope().get();
      if (!token.get().scopes().contains(scope)) {
        throw TokenVerifier.insufficientScope(scope).raised();
      }
    }
  }

  /** No route for this method and path; who has no token isn't told even that. */
  private void unmatched(Context context, HttpResponseException thrown) {
    try {
      if (!isOpen(context.path())) {
        verify(context);
      }
      failed(context, thrown);
    } catch (Problem.Raised raised) {
      failed(context, raised);
    }
  }

  private static boolean isOpen(String path) {
    return OPEN_PAGES.contains(path) || OPEN_PATHS.stream().anyMatch(path::startsWith);
  }

  private void failed(Context context, Exception thrown) {
    var progress = progress(context);
    tellOfUnavailable(thrown);
    var problem = ProblemHandlers.of(thrown, progress.requestId);
    progress.reply = Optional.of(Reply.problem(problem, context.path()));
  }

  private void tellOfUnavailable(Exception thrown) {
    switch (thrown) {
      case StoreUnavailable _ ->
          unavailability.unavailable(Reason.DATABASE, String.valueOf(thrown.getMessage()));
      case Unavailable now -> unavailability.unavailable(now.reason(), now.why());
      default -> {
        // answered in another way
      }
    }
  }

  private void finish(Context context) throws IOException {
    var progress = progress(context);
    var reply =
        progress.reply.orElseGet(
            // An Error, which the framework doesn't show to exception handlers.
            () ->
                Reply.problem(
                    Problem.of(ProblemType.INTERNAL_ERROR, "the service failed"), context.path()));
    if (!room.tryEnter(reply)) {
      var full = new Unavailable(Reason.BUSY, "no room for answers that wait for their readers");
      tellOfUnavailable(full);
      finish(context, Reply.problem(full.problem(), context.path()));
      return;
    }
    try {
      finish(context, reply);
    } finally {
      room.left(reply);
    }
  }

  private void finish(Context context, Reply reply) throws IOException {
    var progress = progress(context);
    observe(context.req().getMethod(), progress.route, reply.status(), progress.begin);
    ResponseWriter.write(context, reply, progress.requestId);
  }

  /** Also for what the web server refused before it came here. */
  void observe(String method, String route, int status, long begin) {
    observer.completed(
        METHODS.contains(method) ? method : "OTHER", route, status, System.nanoTime() - begin);
  }
}
