package io.userservice.bootstrap;

import ch.qos.logback.classic.Level;
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
 * Where log lines go. What {@link DeliveryTelemetry} tells of each event that is published gathers
 * for a moment and is written together: a write for each line costs a tenth of what publishing its
 * event does. Any other line is written at once, with all that came before it. Who kills the
 * process loses lines of the last moment, about events that the event log and the stream know.
 */
final class LogOutput extends OutputStreamAppender<ILoggingEvent> {
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final int MOST_BYTES = 64 * 1024;

  private final OutputStream lines;
  private final Duration moment;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("log").daemon().factory());
  private final AtomicBoolean isFlushScheduled = new AtomicBoolean();

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
    if (!mayWait(event)) {
      flush();
    } else if (isFlushScheduled.compareAndSet(false, true)) {
      timer.schedule(this::flushGathered, moment.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static boolean mayWait(ILoggingEvent event) {
    return event.getLoggerName().equals(DeliveryTelemetry.LOGGER)
        && !event.getLevel().isGreaterOrEqual(Level.WARN);
  }

  private void flushGathered() {
    isFlushScheduled.set(false); // first: a line that comes now may be too late for this flush
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
