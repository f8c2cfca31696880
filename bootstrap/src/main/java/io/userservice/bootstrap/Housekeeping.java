package io.userservice.bootstrap;

import io.userservice.adapter.persistence.Persistence;
import io.userservice.application.driven.StoreUnavailable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be swept up now and then: idempotency keys whose time is over, once an hour. */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final Persistence persistence;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  Housekeeping(Persistence persistence) {
    this.persistence = persistence;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
  }

  private void sweep() {
    try {
      var count = persistence.purgeExpiredKeys();
      log.atDebug().addKeyValue("keys", count).log("Purged idempotency keys");
    } catch (StoreUnavailable away) {
      log.atDebug().addKeyValue("error", away.getMessage()).log("Next time");
    } catch (RuntimeException bug) { // an exception would end the timer for good, without a word
      log.atError().setCause(bug).log("Could not purge idempotency keys");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
