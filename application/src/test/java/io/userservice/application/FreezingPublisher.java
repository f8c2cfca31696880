package io.userservice.application;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.testkit.DecoratedPublisher;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A way to the stream on which the instance freezes in the middle of a publication, once. */
final class FreezingPublisher extends DecoratedPublisher {
  private final CountDownLatch frozen = new CountDownLatch(1);
  private final CountDownLatch thawed = new CountDownLatch(1);

  FreezingPublisher(EventPublisher inner) {
    super(inner);
  }

  void awaitFreeze() throws InterruptedException {
    frozen.await();
  }

  void thaw() {
    thawed.countDown();
  }

  @Override
  protected List<Outcome> publish(
      Session behind, List<Publication> publications, BooleanSupplier permitted) {
    frozen.countDown();
    try {
      thawed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return behind.publish(publications, permitted);
  }
}
