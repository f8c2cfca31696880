package io.userservice.application.delivery;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.testkit.DecoratedPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Something happens between sending and what comes of it. */
class WatchedPublisher extends DecoratedPublisher {
  private final AtomicReference<Consumer<List<Outcome>>> afterSending;

  WatchedPublisher(EventPublisher inner, AtomicReference<Consumer<List<Outcome>>> afterSending) {
    super(inner);
    this.afterSending = afterSending;
  }

  @Override
  protected final List<Outcome> append(
      Session behind, long end, List<Publication> publications, BooleanSupplier permitted) {
    var outcomes = new ArrayList<>(behind.append(end, publications, permitted));
    afterSending.get().accept(outcomes);
    return outcomes;
  }
}
