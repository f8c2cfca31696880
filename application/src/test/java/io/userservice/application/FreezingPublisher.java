package io.userservice.application;

import io.userservice.application.driven.EventPublisher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A way to the stream on which the instance freezes in the middle of a publication, once. */
final class FreezingPublisher implements EventPublisher {
  private final EventPublisher behind;
  private final CountDownLatch frozen = new CountDownLatch(1);
  private final CountDownLatch thawed = new CountDownLatch(1);

  FreezingPublisher(EventPublisher behind) {
    this.behind = behind;
  }

  void awaitFreeze() throws InterruptedException {
    frozen.await();
  }

  void thaw() {
    thawed.countDown();
  }

  private static void pass(CountDownLatch frozen, CountDownLatch thawed) {
    frozen.countDown();
    try {
      thawed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Session session() {
    return new Frozen(behind.session());
  }

  @Override
  public Optional<Integer> largestPayload() {
    return behind.largestPayload();
  }

  private final class Frozen implements Session {
    private final Session session;

    Frozen(Session session) {
      this.session = session;
    }

    @Override
    public StreamState look() {
      return session.look();
    }

    @Override
    public List<Stored> stored(long from, int limit) {
      return session.stored(from, limit);
    }

    @Override
    public List<Outcome> publish(List<Publication> publications, BooleanSupplier permitted) {
      pass(frozen, thawed);
      return session.publish(publications, permitted);
    }
  }
}
