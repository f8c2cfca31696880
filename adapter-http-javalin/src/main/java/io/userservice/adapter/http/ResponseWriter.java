package io.userservice.adapter.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Puts a reply on the wire. */
final class ResponseWriter {
  private ResponseWriter() {}

  static void write(Context context, Reply reply, String requestId) throws IOException {
    var request = context.req();
    var response = context.res();
    response.setStatus(reply.status());
    response.setContentType(reply.contentType().isEmpty() ? null : reply.contentType());
    response.setHeader(RequestIds.HEADER, requestId);
    TraceContext.of(Collections.list(request.getHeaders(TraceContext.HEADER)))
        .ifPresent(trace -> response.setHeader(TraceContext.HEADER, trace.value()));
    response.setHeader(Reply.CONTENT_TYPE_OPTIONS, "nosniff");
    reply.headers().forEach(response::setHeader);
    var unread = hasUnreadBody(request) && !RequestBody.skipSmall(request);
    if (unread) {
      response.setHeader("Connection", "close");
    }
    body(request, response, reply);
    if (unread) {
      end(request, response);
    }
  }

  private static void end(HttpServletRequest request, HttpServletResponse response) {
    try {
      response.getOutputStream().close();
      RequestBody.drain(request);
    } catch (IOException _) {
      // The client has gone, or what it went on to send is no body: the connection ends as planned.
    }
  }

  private static void body(HttpServletRequest request, HttpServletResponse response, Reply reply)
      throws IOException {
    if (reply.status() == 304) {
      response.flushBuffer(); // an end without content would say that the copy's length is 0
    } else if (reply.status() != 204) {
      response.setContentLength(reply.body().length());
      if (!request.getMethod().equals("HEAD")) {
        reply.body().sendTo(response.getOutputStream());
      }
    }
  }

  /**
   * Whether the client may still be sending a body that nobody wanted. One who waits for a 100
   * before sending won't send it after this answer.
   */
  private static boolean hasUnreadBody(HttpServletRequest request) throws IOException {
    return (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null)
        && request.getHeader("Expect") == null
        && !request.getInputStream().isFinished();
  }
}
