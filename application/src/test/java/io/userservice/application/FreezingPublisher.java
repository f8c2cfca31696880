package io.userservice.application;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.testkit.DecoratedPublisher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A way to the stream on which the instance freezes in the middle of a publication, once. */
final class FreezingPublisher extends DecoratedPublisher {
  private final Moment moment;
  private final CompletableFuture<Thread> frozen = new CompletableFuture<>();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

  FreezingPublisher(EventPublisher inner, Moment moment) {
    super(inner);
    this.moment = moment;
  }

  /** When it freezes. */
  enum Moment {
    BEFORE_IT_ASKS,
    WHEN_IT_WAS_PERMITTED
  }

  /** The thread that is frozen. */
  Thread awaitFreeze() {
    return frozen.orTimeout(10, TimeUnit.SECONDS).join();
  }

  void thaw() {
    thawed.countDown();
  }

  /** What became of all that was appended this way. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  @Override
  protected List<Outcome> append(
      Session behind, long end, List<Publication> publications, BooleanSupplier permitted) {
    var before = permitted.getAsBoolean();
    freeze();
    var given =
        behind.append(
            end,
            publications,
            switch (moment) {
              case BEFORE_IT_ASKS -> permitted;
              case WHEN_IT_WAS_PERMITTED -> () -> before;
            });
    outcomes.addAll(given);
    return given;
  }

  private void freeze() {
    frozen.complete(Thread.currentThread());
    try {
      thawed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
