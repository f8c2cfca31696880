package io.userservice.application;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.StreamUnavailable;
import java.util.Optional;

/** One instance's way to a stream, which it may lose while others have theirs. */
final class LostWay implements EventPublisher {
  private final EventPublisher behind;
  private volatile boolean lost;

  LostWay(EventPublisher behind) {
    this.behind = behind;
  }

  void lost(boolean value) {
    lost = value;
  }

  @Override
  public Session session() {
    if (lost) {
      throw new StreamUnavailable("this instance was told to have lost its way");
    }
    return behind.session();
  }

  @Override
  public Optional<Integer> largestPayload() {
    return behind.largestPayload();
  }
}
