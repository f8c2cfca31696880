package io.userservice.adapter.http.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A request and the answer to it, as they went over the wire.
 *
 * @param target path and query
 * @param headers those of the answer
 */
public record Seen(
    String method,
    String target,
    byte[] sent,
    int status,
    Map<String, List<String>> headers,
    byte[] body) {
  public Seen {
    var lower = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    headers = lower;
    body = List.of("gzip").equals(lower.get("content-encoding")) ? unzipped(body) : body;
  }

  private static byte[] unzipped(byte[] bytes) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("not what Content-Encoding says", e);
    }
  }

  String path() {
    return target.split("\\?", 2)[0];
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
        .map(values -> String.join(", ", values));
  }

  /** The media type without its parameters. */
  Optional<String> mediaType() {
    return header("Content-Type").map(type -> type.split(";", 2)[0].strip());
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
