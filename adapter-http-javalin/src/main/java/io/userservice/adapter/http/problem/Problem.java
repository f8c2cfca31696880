package io.userservice.adapter.http.problem;

import com.fasterxml.jackson.core.JsonFactory;
import io.userservice.domain.validation.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One occurrence of a problem (RFC 9457). Says nothing that differs between requests of the same
 * kind but what the client sent itself, so that equal situations give equal bytes.
 *
 * @param detail what is wrong this time, for people
 * @param errors everything that was found wrong with the input; empty for other problems
 * @param headers what HTTP demands beside the body, e.g. {@code Allow}
 */
public record Problem(
    ProblemType type, String detail, List<Violation> errors, Map<String, String> headers) {
  /** The media type of {@link #json}. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Most errors that are listed, so that a small request can't demand a huge answer. */
  private static final int MAX_ERRORS = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  /** What isn't there now may be there in a moment; caches may keep a 404 unless told not to. */
  private static final Map<String, String> UNCACHED = Map.of("Cache-Control", "no-store");

  public Problem {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), UNCACHED);
  }

  /** Everything that is wrong with an input. */
  public static Problem invalid(List<Violation> violations) {
    var detail =
        violations.size() == 1
            ? violations.getFirst().detail()
            : violations.size() + " things are not accepted, see errors";
    return new Problem(
        ProblemType.INVALID_REQUEST,
        detail,
        violations.subList(0, Math.min(MAX_ERRORS, violations.size())),
        UNCACHED);
  }

  /** One thing that is wrong with an input. */
  public static Problem invalid(String pointer, String code, String detail) {
    return invalid(List.of(new Violation(pointer, code, detail)));
  }

  /** The same with one more header. */
  public Problem with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Problem(type, detail, errors, more);
  }

  /** The problem as something to throw. */
  public Raised raised() {
    return new Raised(this);
  }

  /**
   * The problem as JSON.
   *
   * @param path the path that was asked for, as it was sent
   */
  public byte[] json(String path) {
    var out = new ByteArrayOutputStream(512);
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("type", type.uri());
      json.writeStringField("title", type.title());
      json.writeNumberField("status", type.status());
      json.writeStringField("detail", detail);
      json.writeStringField("instance", uriReference(path));
      if (!errors.isEmpty()) {
        json.writeArrayFieldStart("errors");
        for (var error : errors) {
          json.writeStartObject();
          json.writeStringField("pointer", error.pointer());
          json.writeStringField("code", error.code());
          json.writeStringField("detail", error.detail());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory doesn't fail
    }
    return out.toByteArray();
  }

  /** The path with everything encoded that RFC 3986 doesn't allow there. */
  private static String uriReference(String target) {
    if (!target.startsWith("/")) {
      return "/"; // a target that has no path
    }
    // Two slashes would begin the name of a host.
    var path = target.startsWith("//") ? "/%2F" + target.substring(2) : target;
    if (path.chars().allMatch(Problem::isPathCharacter)) {
      return path;
    }
    var text = new StringBuilder();
    for (var octet : path.getBytes(StandardCharsets.UTF_8)) {
      if (isPathCharacter(octet)) {
        text.append((char) octet);
      } else {
        text.append("%%%02X".formatted(octet & 0xff));
      }
    }
    return text.toString();
  }

  private static boolean isPathCharacter(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || "-._~!$&'()*+,;=:@/%".indexOf(c) >= 0;
  }

  /** A problem on its way out; as cheap as an answer, for it is one. */
  public static sealed class Raised extends RuntimeException permits Unavailable {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Raised(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    public final Problem problem() {
      return problem;
    }
  }
}
