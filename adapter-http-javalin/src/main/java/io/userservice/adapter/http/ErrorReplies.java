package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemHandlers;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The answers to requests that the web server refuses by itself, malformed ones above all. */
final class ErrorReplies extends ErrorHandler {
  /** Jetty's name for a target that it couldn't read. */
  private static final String UNREADABLE = "/badMessage";

  private final Dispatcher dispatcher;

  ErrorReplies(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var problem = ProblemHandlers.ofStatus(response.getStatus());
    var body = problem.json(path(request));
    response.setStatus(problem.type().status());
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    headers.put(Reply.CONTENT_TYPE_OPTIONS, "nosniff");
    headers.put(RequestIds.HEADER, RequestIds.of(request.getHeaders().get(RequestIds.HEADER)));
    TraceContext.of(request.getHeaders().getValuesList(TraceContext.HEADER))
        .ifPresent(trace -> headers.put(TraceContext.HEADER, trace.value()));
    headers.put(HttpHeader.CONNECTION, "close"); // where the next request would begin is unknown
    problem.headers().forEach(headers::put);
    dispatcher.observe(
        String.valueOf(request.getMethod()),
        "unmatched",
        problem.type().status(),
        request.getBeginNanoTime());
    var isHead = HttpMethod.HEAD.is(request.getMethod());
    response.write(true, isHead ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(body), callback);
    return true;
  }

  private static String path(Request request) {
    var path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
    return path == null || path.equals(UNREADABLE) ? "/" : path;
  }
}
