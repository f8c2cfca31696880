package io.userservice.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.RelayLease.Lease;
import io.userservice.application.testkit.DecoratedLease;
import io.userservice.application.testkit.InMemoryPersistence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
  private static final InstantSource CLOCK = InstantSource.system();

  private final InMemoryPersistence store = new InMemoryPersistence(CLOCK, Duration.ofSeconds(9));
  private final Watched lease = new Watched(store.lease().tryAcquire().orElseThrow());

  @Test
  void it_beats_until_it_is_closed() throws Exception {
    var held =
        new HeldLease(
            lease,
            new Interval(CLOCK, Duration.ofMillis(5)),
            new Interval(CLOCK, Duration.ofSeconds(30)));

    try (var _ = Heartbeat.of(held)) {
      await().until(() -> lease.renewals.size() > 2);
    }

    var heart = lease.renewals.element();
    assertThat(lease.renewals).as("one thread").containsOnly(heart);
    assertThat(heart.join(Duration.ofSeconds(10))).as("its thread ends").isTrue();
  }

  /** A lease that knows who has renewed it. */
  private static final class Watched extends DecoratedLease {
    private final Queue<Thread> renewals = new ConcurrentLinkedQueue<>();

    Watched(Lease lease) {
      super(lease);
    }

    @Override
    public boolean renew() {
      renewals.add(Thread.currentThread());
      return super.renew();
    }
  }
}
