package io.userservice.bootstrap;

import io.userservice.adapter.persistence.Persistence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to publish in the hands of somebody who doesn't. It is renewed like any other: one that
 * seems to last for ever is taken away.
 */
final class TakenLease implements AutoCloseable {
  private static final Duration RENEWAL = Duration.ofSeconds(1);

  private final Database database;
  private final UUID holder = UUID.randomUUID();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Future<?> renewals;

  private TakenLease(Database database) throws SQLException {
    this.database = database;
    database.execute(
        "update relay_lease set holder = '%s', token = token + 1, offered = false"
            .formatted(holder));
    renew();
    this.renewals =
        timer.scheduleAtFixedRate(
            this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes it from whoever has it, and waits until that one has noticed. */
  static TakenLease from(Database database) throws SQLException {
    var lease = new TakenLease(database);
    LockSupport.parkNanos(Persistence.LEASE.toNanos());
    return lease;
  }

  private void renew() {
    try {
      var renewed =
          database.count(
              """
              with renewed as (
                update relay_lease set expires_at = now() + interval '%d ms' where holder = '%s'
                returning 1
              )
              select count(*) from renewed
              """
                  .formatted(Persistence.LEASE.toMillis(), holder));
      if (renewed == 0) {
        throw new IllegalStateException("the lease was lost: somebody may have published");
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the lease can't be renewed", failure);
    }
  }

  /** Gives it back. Fails when it wasn't held all the time. */
  @Override
  public void close() throws SQLException {
    timer.close();
    if (renewals.state() == Future.State.FAILED) {
      throw new IllegalStateException("the lease wasn't held", renewals.exceptionNow());
    }
    renew();
    database.execute("update relay_lease set holder = null, expires_at = '-infinity'");
  }
}
