package io.userservice.application;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.testkit.DecoratedPublisher;

/** One instance's way to a stream, which it may lose while others have theirs. */
final class LostWay extends DecoratedPublisher {
  private volatile boolean lost;

  LostWay(EventPublisher inner) {
    super(inner);
  }

  void lost(boolean value) {
    lost = value;
  }

  @Override
  public Session session() {
    if (lost) {
      throw new StreamUnavailable("this instance was told to have lost its way");
    }
    return super.session();
  }
}
