package io.userservice.application.testkit;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import java.util.Collection;
import java.util.List;

/** An outbox that is as another one, but for what a subclass overrides. */
public class DecoratedOutbox implements Outbox {
  protected final Outbox inner;

  public DecoratedOutbox(Outbox inner) {
    this.inner = inner;
  }

  @Override
  public List<Pending> next(int limit) {
    return inner.next(limit);
  }

  @Override
  public void delivered(FencingToken holder, List<Delivery> deliveries) {
    inner.delivered(holder, deliveries);
  }

  @Override
  public List<Pending> find(Collection<EventId> ids) {
    return inner.find(ids);
  }

  @Override
  public void quarantine(FencingToken holder, Pending event, String reason) {
    inner.quarantine(holder, event, reason);
  }

  @Override
  public List<Quarantined> quarantined(int limit) {
    return inner.quarantined(limit);
  }

  @Override
  public List<EventId> retry(Collection<EventId> ids) {
    return inner.retry(ids);
  }

  @Override
  public List<EventId> drop(Collection<EventId> ids) {
    return inner.drop(ids);
  }

  @Override
  public Backlog backlog() {
    return inner.backlog();
  }
}
