package io.userservice.adapter.http.problem;

import io.javalin.http.HttpResponseException;
import io.userservice.application.driven.StoreUnavailable;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that can be thrown into a problem; what nobody expected is logged. */
public final class ProblemHandlers {
  private static final Logger log = LoggerFactory.getLogger(ProblemHandlers.class);

  private ProblemHandlers() {}

  /** The problem to answer with. */
  public static Problem of(Throwable thrown, String requestId) {
    return switch (thrown) {
      case Problem.Raised raised -> raised.problem();
      case StoreUnavailable _ -> unavailable();
      case HttpResponseException refused -> ofFramework(refused);
      case HttpException refused -> ofStatus(refused.getCode());
      default -> unexpected(thrown, requestId);
    };
  }

  /** What is answered while something is away that the service depends on. */
  static Problem unavailable() {
    return Problem.of(ProblemType.UNAVAILABLE, "the service can't answer now, try again soon")
        .with("Retry-After", "1");
  }

  /**
   * The problem for a status that the web server chose before it came to a handler. It never is the
   * server's fault there, so a status of 500 and above is malformed input as well.
   */
  public static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> Problem.of(ProblemType.NOT_FOUND, "there is nothing here");
      case 408 -> Problem.of(ProblemType.REQUEST_TIMEOUT, "the request didn't arrive in time");
      case 413 -> Problem.of(ProblemType.CONTENT_TOO_LARGE, "a body has at most 1 MiB");
      case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "the address is too long");
      case 417 -> Problem.of(ProblemType.EXPECTATION_FAILED, "only 100-continue can be expected");
      case 431 ->
          Problem.of(ProblemType.HEADERS_TOO_LARGE, "the headers are too large, or more than 100");
      case 503 -> unavailable();
      default -> Problem.of(ProblemType.MALFORMED_REQUEST, "the request is not well-formed HTTP");
    };
  }

  private static Problem ofFramework(HttpResponseException refused) {
    return switch (refused.getStatus()) {
      case 405 ->
          Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the resource doesn't know this method")
              .with("Allow", String.join(", ", refused.getDetails().values()));
      default -> ofStatus(refused.getStatus());
    };
  }

  private static Problem unexpected(Throwable thrown, String requestId) {
    log.error("request {} failed unexpectedly", requestId, thrown);
    return Problem.of(ProblemType.INTERNAL_ERROR, "the service failed to handle the request");
  }
}
