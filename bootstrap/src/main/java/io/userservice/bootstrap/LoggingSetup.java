package io.userservice.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.userservice.bootstrap.Settings.Logging;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes logback do what the settings say: to one stream, at one level, in one format. */
final class LoggingSetup {
  private LoggingSetup() {}

  /** To standard output, where nothing else is. */
  static void apply(Logging logging) {
    apply(logging, System.out);
  }

  /** To standard error: what a command writes to standard output is its result. */
  static void applyForCommand(Logging logging) {
    apply(logging, System.err);
  }

  private static void apply(Logging logging, OutputStream stream) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var encoder = encoder(logging.format());
    encoder.setContext(context);
    encoder.start();
    var appender = new LogOutput(stream);
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.valueOf(logging.level().name()));
    root.addAppender(appender);
    quieten(context);
  }

  private static void quieten(LoggerContext context) {
    // it shows whole URLs
    raise(context, "com.zaxxer.hikari", Level.INFO);
    // their start-up chatter says nothing that our own lines don't
    for (var name : new String[] {"org.eclipse.jetty", "io.javalin", "org.jooq", "org.flywaydb"}) {
      raise(context, name, Level.WARN);
    }
    // what a client sends is no matter for the log
    for (var name : new String[] {"http.HttpParser", "util.HostPort"}) {
      raise(context, "org.eclipse.jetty." + name, Level.ERROR);
    }
  }

  /** Never makes a logger say more than the settings ask for. */
  private static void raise(LoggerContext context, String name, Level least) {
    var logger = context.getLogger(name);
    if (!logger.getEffectiveLevel().isGreaterOrEqual(least)) {
      logger.setLevel(least);
    }
  }

  private static Encoder<ILoggingEvent> encoder(Logging.Format format) {
    return switch (format) {
      case JSON -> new JsonLines();
      case CONSOLE -> {
        var pattern = new PatternLayoutEncoder();
        pattern.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg %kvp%n");
        yield pattern;
      }
    };
  }
}
