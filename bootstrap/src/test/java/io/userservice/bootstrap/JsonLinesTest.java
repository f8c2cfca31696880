package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonLinesTest {

  @Test
  void a_line_begins_with_level_and_members_and_is_one_line() {
    var event = event("Published {} event", "user.created");
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("event", "user.created"),
            new KeyValuePair("userId", 7),
            new KeyValuePair("delayMs", 12L),
            new KeyValuePair("duplicate", false)));

    assertThat(line(event))
        .startsWith(
            """
            {"level":"info","event":"user.created","userId":7,"delayMs":12,"duplicate":false,\
            "msg":"Published user.created event","time":\
            """
                .stripTrailing())
        .endsWith("}\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void times_have_milliseconds_also_when_they_are_none() {
    assertThat(JsonLines.instant(Instant.parse("2026-11-27T17:19:31Z")))
        .isEqualTo("2026-11-27T17:19:31.000Z");
  }

  @Test
  void a_line_feed_in_a_message_stays_within_the_line() {
    assertThat(line(event("a\nb"))).contains("\"msg\":\"a\\nb\"").containsOnlyOnce("\n");
  }

  private static LoggingEvent event(String message, Object... arguments) {
    var logger = new LoggerContext().getLogger("test");
    return new LoggingEvent("test", logger, Level.INFO, message, null, arguments);
  }

  private static String line(LoggingEvent event) {
    return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
  }
}
