package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/** A service that is well in the end, and has nothing to say, whatever clients did to it. */
final class Unmoved implements AutoCloseable {
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final Api api = Api.start();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  Unmoved() {
    logged.start();
    ROOT.addAppender(logged);
  }

  Api api() {
    return api;
  }

  Wire wire() throws IOException {
    return new Wire(api.port());
  }

  @Override
  public void close() {
    assertThat(api.get("/users").status()).isEqualTo(200);
    api.close();
    ROOT.detachAppender(logged);
    assertThat(logged.list)
        .as("what clients do is no matter for the log")
        .noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
  }
}
