package io.userservice.application;

import io.userservice.application.delivery.Replay;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.OperateEvents;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** What an operator does, handed to outbox and replay. */
final class OperatorService implements OperateEvents {
  private final Outbox outbox;
  private final Replay replay;

  OperatorService(Outbox outbox, Replay replay) {
    this.outbox = outbox;
    this.replay = replay;
  }

  @Override
  public List<QuarantinedEvent> quarantined(int limit) {
    return outbox.quarantined(limit).stream()
        .map(refused -> new QuarantinedEvent(refused.event(), refused.reason()))
        .toList();
  }

  @Override
  public List<EventId> retry(Collection<EventId> ids) {
    return outbox.retry(ids);
  }

  @Override
  public List<EventId> drop(Collection<EventId> ids) {
    return outbox.drop(ids);
  }

  @Override
  public long replay(Selection selection, long after, Consumer<Replayed> progress) {
    return replay.run(selection, after, progress);
  }
}
