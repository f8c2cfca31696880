package io.userservice.adapter.persistence;

import io.userservice.application.driven.CommitSignal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A signal within the process; others may raise it too. */
final class LocalCommitSignal implements CommitSignal {
  private final Semaphore raised = new Semaphore(0);

  @Override
  public void raise() {
    // two threads may both see none and release twice: one wake-up for nothing, and no lock
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    var signalled = raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    return raised.drainPermits() > 0 || signalled; // it may be raised when the time is just up
  }
}
