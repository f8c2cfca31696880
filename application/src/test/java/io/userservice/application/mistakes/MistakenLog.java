package io.userservice.application.mistakes;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.List;
import java.util.Optional;

/** A log that is right but for what a subclass gets wrong. */
abstract class MistakenLog implements EventLog {
  final EventLog inner;

  MistakenLog(EventLog inner) {
    this.inner = inner;
  }

  List<RecordedEvent> altered(List<RecordedEvent> history) {
    return history;
  }

  Position start(Position after) {
    return after;
  }

  @Override
  public List<RecordedEvent> history(UserKey user, Optional<Version> before, int limit) {
    return altered(inner.history(user, before, limit));
  }

  @Override
  public List<Published> after(TenantId tenant, Position after, int limit) {
    return inner.after(tenant, start(after), limit);
  }

  @Override
  public List<Logged> select(Selection selection, long after, int limit) {
    return inner.select(selection, after, limit);
  }
}
