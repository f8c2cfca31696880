package io.userservice.bootstrap;

import io.userservice.adapter.persistence.Persistence;
import io.userservice.application.driven.RelayLease.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The right to publish in the hands of somebody who doesn't, and renews it like any other. */
final class TakenLease implements AutoCloseable {
  private static final Duration RENEWAL = Duration.ofSeconds(1);

  private final Lease lease;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Future<?> renewals;

  private TakenLease(Lease lease) {
    this.lease = lease;
    this.renewals =
        timer.scheduleAtFixedRate(
            this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes it from whoever has it, and waits until that one has noticed. */
  static TakenLease from(Database database) throws SQLException {
    var leases = new Persistence(database.dataSource(), () -> {}).lease();
    var lease = Optional.<Lease>empty();
    while (lease.isEmpty()) { // its holder may renew it in between, which takes the offer back
      database.execute("update relay_lease set offered = true");
      lease = leases.tryTakeOver();
    }
    var taken = new TakenLease(lease.get());
    LockSupport.parkNanos(Persistence.LEASE.toNanos());
    return taken;
  }

  private void renew() {
    if (!lease.renew()) {
      throw new IllegalStateException("the lease was lost: somebody may have published");
    }
  }

  /** Gives it back. Fails when it wasn't held all the time. */
  @Override
  public void close() {
    timer.close();
    if (renewals.state() == Future.State.FAILED) {
      throw new IllegalStateException("the lease wasn't held", renewals.exceptionNow());
    }
    renew();
    lease.release();
  }
}
