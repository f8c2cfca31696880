package io.userservice.bootstrap;

import io.userservice.adapter.persistence.Persistence;
import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be swept up now and then: idempotency keys whose time is over, and events that are
 * older than they are to be kept. By each instance; two at once do no harm.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final Persistence persistence;
  private final Optional<Duration> keepEvents;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  Housekeeping(Persistence persistence, Optional<Duration> keepEvents) {
    this.persistence = persistence;
    this.keepEvents = keepEvents;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
  }

  /** Throws nothing: that would end the timer for good, without a word. */
  void sweep() {
    sweep(this::sweepKeys);
    keepEvents.ifPresent(age -> sweep(() -> sweepEvents(age)));
  }

  private static void sweep(Runnable part) {
    try {
      part.run();
    } catch (StoreUnavailable away) {
      log.atWarn().addKeyValue("error", away.getMessage()).log("Could not sweep up, next time");
    } catch (RuntimeException | Error bug) { // any, or there were no next time
      log.atError().setCause(bug).log("Could not sweep up");
    }
  }

  private void sweepKeys() {
    var keys = persistence.purgeExpiredKeys();
    log.atDebug().addKeyValue("keys", keys).log("Purged idempotency keys");
  }

  private void sweepEvents(Duration age) {
    var events = persistence.purgeEvents(age);
    if (events > 0) {
      log.atInfo().addKeyValue("events", events).log("Purged old events from the log");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
