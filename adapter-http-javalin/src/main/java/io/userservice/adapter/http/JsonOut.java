package io.userservice.adapter.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;

/** Writes JSON without reflection. */
final class JsonOut {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private JsonOut() {}

  /** Writes something to a generator. */
  @FunctionalInterface
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** Writes an item of a list to a generator. */
  @FunctionalInterface
  interface Item<T> {
    void write(T item, JsonGenerator json) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    var out = new ByteArrayOutputStream(512);
    try (var json = JsonCodec.FACTORY.createGenerator(out)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory doesn't fail
    }
    return out.toByteArray();
  }

  /** A page: its items, and where the next one begins. */
  static <T> byte[] page(List<T> items, Item<T> item, Optional<String> nextCursor) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (var one : items) {
            item.write(one, json);
          }
          json.writeEndArray();
          json.writeStringField("nextCursor", nextCursor.orElse(null));
          json.writeEndObject();
        });
  }

  /** ISO 8601 in UTC, always with milliseconds. */
  static String instant(Instant instant) {
    return MILLISECONDS.format(instant);
  }
}
