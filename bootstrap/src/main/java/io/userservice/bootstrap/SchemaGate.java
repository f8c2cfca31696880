package io.userservice.bootstrap;

import io.userservice.adapter.persistence.SchemaMigration;
import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the start until the database is there, and brings its schema up to date. */
final class SchemaGate implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchemaGate.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final CountDownLatch closed = new CountDownLatch(1);

  SchemaGate(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Tries until it works; how long that takes is for whoever runs us to judge.
   *
   * @return false when closed meanwhile
   * @throws io.userservice.application.driven.StoreRefused at once: that doesn't come by waiting
   */
  boolean awaitSchema() {
    var complaint = new Throttle(Duration.ofSeconds(10));
    while (true) {
      try {
        var count = migrate();
        log.atInfo().addKeyValue("migrations", count).log("The schema is up to date");
        return true;
      } catch (StoreUnavailable away) {
        complaint.run(
            _ ->
                log.atWarn()
                    .addKeyValue("error", away.getMessage())
                    .log("The database isn't there yet, waiting for it"));
        if (isClosedWithin(PAUSE)) {
          return false;
        }
      }
    }
  }

  private int migrate() {
    if (SchemaMigration.isComplete(dataSource)) {
      return 0;
    }
    log.info("Bringing the schema up to date, or waiting for another instance that does");
    return SchemaMigration.run(dataSource);
  }

  private boolean isClosedWithin(Duration duration) {
    try {
      return closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the waiting. */
  @Override
  public void close() {
    closed.countDown();
  }
}
