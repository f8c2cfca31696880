package io.userservice.application;

import io.userservice.application.driven.EventPublisher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A way to the stream on which the instance freezes in the middle of a publication, once. */
final class FreezingPublisher implements EventPublisher {
  private final EventPublisher behind;
  private final Moment moment;
  private final CountDownLatch frozen = new CountDownLatch(1);
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

  FreezingPublisher(EventPublisher behind, Moment moment) {
    this.behind = behind;
    this.moment = moment;
  }

  /** When it freezes. */
  enum Moment {
    BEFORE_IT_ASKS,
    WHEN_IT_WAS_PERMITTED
  }

  void awaitFreeze() throws InterruptedException {
    frozen.await();
  }

  void thaw() {
    thawed.countDown();
  }

  /** What became of all that was appended this way. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  private void pass() {
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
    public List<Outcome> append(
        long end, List<Publication> publications, BooleanSupplier permitted) {
      var before = permitted.getAsBoolean();
      pass();
      var given =
          session.append(
              end,
              publications,
              switch (moment) {
                case BEFORE_IT_ASKS -> permitted;
                case WHEN_IT_WAS_PERMITTED -> () -> before;
              });
      outcomes.addAll(given);
      return given;
    }

    @Override
    public List<Outcome> publish(List<Publication> publications) {
      return session.publish(publications);
    }
  }
}
