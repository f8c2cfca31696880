package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogOutputTest {
  private static final Duration A_LONG_TIME = Duration.ofHours(1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final Logger deliveries = context.getLogger(DeliveryTelemetry.LOGGER);
  private final Logger others = context.getLogger("others");

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void any_line_is_written_at_once() {
    gatheringFor(A_LONG_TIME);

    others.info("one");

    assertThat(messages()).containsExactly("one");
  }

  @Test
  void lines_of_deliveries_gather() {
    gatheringFor(A_LONG_TIME);

    deliveries.info("one");
    deliveries.info("two");
    assertThat(messages()).isEmpty();

    others.info("three");
    assertThat(messages()).containsExactly("one", "two", "three");
  }

  @Test
  void lines_of_deliveries_are_written_after_a_moment() {
    gatheringFor(Duration.ofMillis(1));

    deliveries.info("one");
    await().untilAsserted(() -> assertThat(messages()).containsExactly("one"));

    deliveries.info("two");
    await().untilAsserted(() -> assertThat(messages()).containsExactly("one", "two"));
  }

  @Test
  void a_delivery_that_fails_is_told_at_once() {
    gatheringFor(A_LONG_TIME);

    deliveries.error("one");

    assertThat(messages()).containsExactly("one");
  }

  @Test
  void what_is_left_is_written_at_the_end() {
    gatheringFor(A_LONG_TIME);

    deliveries.info("one");
    context.stop();

    assertThat(messages()).containsExactly("one");
  }

  private void gatheringFor(Duration moment) {
    context.setMDCAdapter(new LogbackMDCAdapter());
    var encoder = new JsonLines();
    encoder.setContext(context);
    encoder.start();
    var output = new LogOutput(out, moment);
    output.setContext(context);
    output.setEncoder(encoder);
    output.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(output);
  }

  private List<String> messages() {
    return out.toString()
        .lines()
        .map(line -> line.replaceAll(".*\"msg\":\"(.*?)\".*", "$1"))
        .toList();
  }
}
