package io.userservice.adapter.http;

import io.javalin.http.Context;
import io.userservice.adapter.http.auth.TokenVerifier.VerifiedToken;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.Caller;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A request as the endpoints see it, whose sender is known already. */
final class Exchange {
  private final Context context;
  private final Optional<VerifiedToken> token;

  Exchange(Context context, Optional<VerifiedToken> token) {
    this.context = context;
    this.token = token;
  }

  /** On whose behalf; only where a token was demanded. */
  Caller caller() {
    var verified = token.orElseThrow(() -> new IllegalStateException("no token was demanded"));
    return new Caller(
        verified.tenant(), verified.actor(), TraceContext.of(headers(TraceContext.HEADER)));
  }

  /** All values of a header, in order. */
  List<String> headers(String name) {
    return Collections.list(context.req().getHeaders(name));
  }

  /** The value of a header; of several lines the list that they are (RFC 9110 section 5.3). */
  private String combined(String name) {
    return String.join(", ", headers(name));
  }

  String path() {
    return context.path();
  }

  String pathParameter(String name) {
    return context.pathParam(name);
  }

  QueryParameters query() {
    return QueryParameters.parse(context.queryString());
  }

  /** Refuses a client that doesn't accept JSON. To be called before anything happens. */
  void demandAcceptsJson() {
    choose(List.of(MediaTypes.JSON));
  }

  /** The type among the offered ones that the client likes best. */
  String choose(List<String> offered) {
    return MediaTypes.preferred(headers("Accept"), offered)
        .orElseThrow(
            () ->
                Problem.of(
                        ProblemType.NOT_ACCEPTABLE,
                        "the answer can be given as " + String.join(" or ", offered))
                    .raised());
  }

  /** The answer to the whole body, if it is of one of these types, with its place in the room. */
  Reply answer(List<String> types, BodyRoom room, BiFunction<byte[], BodyRoom.Place, Reply> work) {
    MediaTypes.demandBody(combined("Content-Type"), combined("Content-Encoding"), types);
    try (var place = room.place()) {
      var body = RequestBody.read(context.req(), place::arrived);
      return work.apply(body, place);
    }
  }
}
