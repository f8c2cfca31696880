package io.userservice.application.delivery;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the lease while the relay waits for an answer that takes longer than the lease lasts. If it
 * were lost over that, the next holder would wait as long, and lose it too: all would take turns,
 * and nothing would go out. A thread of the machine's own: it isn't to wait for a free carrier.
 */
final class Heartbeat implements AutoCloseable {
  private final HeldLease lease;
  private final CountDownLatch end = new CountDownLatch(1);

  private Heartbeat(HeldLease lease) {
    this.lease = lease;
  }

  static Heartbeat of(HeldLease lease) {
    var heartbeat = new Heartbeat(lease);
    Thread.ofPlatform().name("relay-lease").daemon().start(heartbeat::run);
    return heartbeat;
  }

  private void run() {
    try {
      while (!end.await(lease.untilRenewal().toNanos(), TimeUnit.NANOSECONDS)) {
        lease.beat();
      }
    } catch (InterruptedException _) { // by nobody: the relay renews between its calls all the same
      Thread.currentThread().interrupt();
    }
  }

  /** What is on its way to the store isn't waited for: the lease knows whether it is late. */
  @Override
  public void close() {
    end.countDown();
  }
}
