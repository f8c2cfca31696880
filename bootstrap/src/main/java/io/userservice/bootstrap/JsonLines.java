package io.userservice.bootstrap;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Log events as one line of JSON each: {@code level}, the event's own members, {@code msg}, then
 * {@code time}, {@code logger}, {@code thread} and, where there is one, {@code stack}. The encoder
 * that comes with logback can't name its members so.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new LinkedHashMap<String, JsonValue>();
    put(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    Optional.ofNullable(event.getKeyValuePairs())
        .orElse(List.of())
        .forEach(pair -> line.put(pair.key, value(pair.value)));
    put(line, "msg", event.getFormattedMessage());
    put(line, "time", instant(Instant.ofEpochMilli(event.getTimeStamp())));
    put(line, "logger", event.getLoggerName());
    put(line, "thread", event.getThreadName());
    Optional.ofNullable(event.getThrowableProxy())
        .ifPresent(thrown -> put(line, "stack", ThrowableProxyUtil.asString(thrown)));
    var text = new JsonObject(line).text().value() + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonValue value(@Nullable Object value) {
    return switch (value) {
      case Integer number -> JsonNumber.of(number);
      case Long number -> JsonNumber.of(number);
      case Boolean flag -> new JsonBoolean(flag);
      case null, default -> new JsonString(String.valueOf(value));
    };
  }

  /** Always with milliseconds, so that lines sort by it. */
  static String instant(Instant instant) {
    return INSTANT.format(instant);
  }

  private static void put(LinkedHashMap<String, JsonValue> line, String name, String value) {
    line.put(name, new JsonString(value));
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
