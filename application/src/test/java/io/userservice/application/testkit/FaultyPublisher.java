package io.userservice.application.testkit;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.StreamUnavailable;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A publisher with faults, as a {@link FaultPlan} has it, in the words of its port: what is
 * published has an unknown outcome, what is asked has none. Works over any adapter.
 */
public final class FaultyPublisher extends DecoratedPublisher {
  private final FaultPlan plan;

  public FaultyPublisher(EventPublisher inner, FaultPlan plan) {
    super(inner);
    this.plan = plan;
  }

  @Override
  public Session session() {
    return asked(super::session);
  }

  @Override
  protected StreamState look(Session behind) {
    return asked(behind::look);
  }

  @Override
  protected List<Stored> stored(Session behind, long from, int limit) {
    return asked(() -> behind.stored(from, limit));
  }

  @Override
  protected List<Outcome> append(
      Session behind, long end, List<Publication> publications, BooleanSupplier permitted) {
    return sent(publications, () -> behind.append(end, publications, permitted));
  }

  @Override
  protected List<Outcome> publish(Session behind, List<Publication> publications) {
    return sent(publications, () -> behind.publish(publications));
  }

  private List<Outcome> sent(List<Publication> publications, Supplier<List<Outcome>> sending) {
    try {
      return plan.call(sending);
    } catch (StoreUnavailable fault) {
      var unknown = new Unknown(String.valueOf(fault.getMessage()));
      return publications.stream().<Outcome>map(_ -> unknown).toList();
    }
  }

  private <T> T asked(Supplier<T> question) {
    try {
      return plan.call(question);
    } catch (StoreUnavailable fault) {
      throw new StreamUnavailable(String.valueOf(fault.getMessage()), fault);
    }
  }
}
