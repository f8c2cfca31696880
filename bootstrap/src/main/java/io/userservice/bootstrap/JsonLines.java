package io.userservice.bootstrap;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Log events as one line of JSON each: {@code level}, the event's own members, {@code msg}, then
 * {@code time}, {@code logger}, {@code thread} and, where there is one, {@code stack}. The encoder
 * that comes with logback can't name its members so.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new LinkedHashMap<String, JsonValue>();
    put(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    Optional.ofNullable(event.getKeyValuePairs())
        .orElse(List.of())
        .forEach(pair -> put(line, pair.key, String.valueOf(pair.value)));
    put(line, "msg", event.getFormattedMessage());
    put(line, "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    put(line, "logger", event.getLoggerName());
    put(line, "thread", event.getThreadName());
    Optional.ofNullable(event.getThrowableProxy())
        .ifPresent(thrown -> put(line, "stack", ThrowableProxyUtil.asString(thrown)));
    var text = new JsonObject(line).text().value() + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
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
