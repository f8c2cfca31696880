package io.userservice.application.testkit;

import io.userservice.application.driven.CommitSignal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A signal within the process. */
final class InMemoryCommitSignal implements CommitSignal {
  private final Semaphore raised = new Semaphore(0);

  @Override
  public void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    var signalled = raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    return raised.drainPermits() > 0 || signalled; // it may be raised when the time is just up
  }

  void forget() {
    raised.drainPermits();
  }
}
