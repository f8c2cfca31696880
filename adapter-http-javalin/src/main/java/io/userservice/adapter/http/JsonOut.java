package io.userservice.adapter.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
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

  static ReplyBody body(Writing writing) {
    var body = new ReplyBody();
    try (var json = JsonCodec.FACTORY.createGenerator(body)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory doesn't fail
    }
    return body;
  }

  /** A page: its items, and where the next one begins. */
  static <T> ReplyBody page(List<T> items, Item<T> item, Optional<String> nextCursor) {
    return body(
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

  /** ISO 8601 in UTC, always with milliseconds; a page has a hundred of them. */
  static String instant(Instant instant) {
    var time = instant.atOffset(ZoneOffset.UTC);
    if (time.getYear() < 1_000 || time.getYear() > 9_999) {
      return MILLISECONDS.format(instant);
    }
    var text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    digits(text, 3, time.getYear());
    digits(text, 6, time.getMonthValue());
    digits(text, 9, time.getDayOfMonth());
    digits(text, 12, time.getHour());
    digits(text, 15, time.getMinute());
    digits(text, 18, time.getSecond());
    digits(text, 22, time.getNano() / 1_000_000);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** A number with its last digit there. */
  private static void digits(byte[] text, int last, int number) {
    var place = last;
    for (var left = number; left > 0; left /= 10) {
      text[place--] = (byte) ('0' + left % 10);
    }
  }
}
