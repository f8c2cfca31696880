package io.userservice.application.testkit;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import java.util.Collection;
import java.util.List;

/** An outbox with faults. */
final class FaultyOutbox implements Outbox {
  private final Outbox inner;
  private final FaultPlan plan;

  FaultyOutbox(Outbox inner, FaultPlan plan) {
    this.inner = inner;
    this.plan = plan;
  }

  @Override
  public List<Pending> next(int limit) {
    return plan.call(() -> inner.next(limit));
  }

  @Override
  public void delivered(FencingToken holder, List<Delivery> deliveries) {
    plan.run(() -> inner.delivered(holder, deliveries));
  }

  @Override
  public List<Pending> find(Collection<EventId> ids) {
    return plan.call(() -> inner.find(ids));
  }

  @Override
  public void quarantine(FencingToken holder, Pending event, String reason) {
    plan.run(() -> inner.quarantine(holder, event, reason));
  }

  @Override
  public List<Quarantined> quarantined(int limit) {
    return plan.call(() -> inner.quarantined(limit));
  }

  @Override
  public List<EventId> retry(Collection<EventId> ids) {
    return plan.call(() -> inner.retry(ids));
  }

  @Override
  public List<EventId> drop(Collection<EventId> ids) {
    return plan.call(() -> inner.drop(ids));
  }

  @Override
  public Backlog backlog() {
    return plan.call(inner::backlog);
  }
}
