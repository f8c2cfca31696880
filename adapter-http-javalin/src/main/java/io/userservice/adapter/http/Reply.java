package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer, complete before its first byte is sent. */
record Reply(int status, String contentType, ReplyBody body, Map<String, String> headers) {

  /** To be asked for anew each time, which an entity tag makes cheap, and by no shared cache. */
  static final String REVALIDATE = "private, no-cache";

  /** Browsers are told by it, with "nosniff", to believe the content type. */
  static final String CONTENT_TYPE_OPTIONS = "X-Content-Type-Options";

  static Reply json(int status, ReplyBody body) {
    return new Reply(status, "application/json", body, Map.of("Cache-Control", REVALIDATE));
  }

  static Reply text(String contentType, String text) {
    return bytes(contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply bytes(String contentType, byte[] bytes) {
    return new Reply(200, contentType, ReplyBody.of(bytes), Map.of());
  }

  static Reply empty(int status) {
    return new Reply(status, "", ReplyBody.of(new byte[0]), Map.of());
  }

  static Reply problem(Problem problem, String path) {
    return new Reply(
        problem.type().status(),
        Problem.MEDIA_TYPE,
        ReplyBody.of(problem.json(path)),
        problem.headers());
  }

  Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, body, more);
  }
}
