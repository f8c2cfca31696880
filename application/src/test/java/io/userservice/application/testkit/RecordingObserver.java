package io.userservice.application.testkit;

import io.userservice.application.driven.DeliveryObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
public final class RecordingObserver implements DeliveryObserver {
  private final List<DeliveryFact> facts = new CopyOnWriteArrayList<>();

  @Override
  public void on(DeliveryFact fact) {
    facts.add(fact);
  }

  /** What was told so far. */
  public List<DeliveryFact> facts() {
    return List.copyOf(facts);
  }

  /** What was told so far of one kind. */
  public <F extends DeliveryFact> List<F> facts(Class<F> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
