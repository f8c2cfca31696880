package io.userservice.bootstrap;

import static ch.qos.logback.classic.Level.WARN;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where log lines go. Those of deliveries, one for each event that is published, gather for a
 * moment and are written together: each written by itself costs as much as a tenth of publishing
 * the event. Any other line is written at once, with all that came before it. Who kills the process
 * loses lines of the last moment, of events that log and stream know.
 */
final class LogOutput extends OutputStreamAppender<ILoggingEvent> {
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final int MOST_BYTES = 64 * 1024;

  private final OutputStream lines;
  private final Duration moment;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("log").daemon().factory());
  private final AtomicBoolean isDue = new AtomicBoolean();

  /** To a stream that is never closed. */
  LogOutput(OutputStream out) {
    this(out, MOMENT);
  }

  LogOutput(OutputStream out, Duration moment) {
    this.moment = moment;
    setImmediateFlush(false);
    this.lines = new BufferedOutputStream(out, MOST_BYTES);
    setOutputStream(lines);
  }

  @Override
  protected void subAppend(ILoggingEvent event) {
    super.subAppend(event);
    if (!isOfDelivery(event)) {
      flush();
    } else if (isDue.compareAndSet(false, true)) {
      timer.schedule(this::flushGathered, moment.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isOfDelivery(ILoggingEvent event) {
    return event.getLoggerName().equals(DeliveryTelemetry.LOGGER) && !isUrgent(event);
  }

  private static boolean isUrgent(ILoggingEvent event) {
    return event.getLevel().isGreaterOrEqual(WARN);
  }

  private void flushGathered() {
    isDue.set(false); // first: a line that comes now may be too late for this flush
    flush();
  }

  private void flush() {
    streamWriteLock.lock();
    try {
      lines.flush();
    } catch (IOException failure) {
      addError("log lines can't be written", failure);
    } finally {
      streamWriteLock.unlock();
    }
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    super.stop();
  }

  /** Writes what is left, to a stream that others use too. */
  @Override
  protected void closeOutputStream() {
    flush();
  }
}
