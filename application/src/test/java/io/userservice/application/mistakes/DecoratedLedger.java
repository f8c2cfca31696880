package io.userservice.application.mistakes;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import java.time.Duration;
import java.util.Optional;

/** A ledger that is as another one, but for what a subclass overrides. */
class DecoratedLedger implements StreamLedger {
  final StreamLedger inner;

  DecoratedLedger(StreamLedger inner) {
    this.inner = inner;
  }

  @Override
  public Optional<Known> known() {
    return inner.known();
  }

  @Override
  public void observe(FencingToken holder, StreamState state) {
    inner.observe(holder, state);
  }

  @Override
  public Reopened reopen(FencingToken holder, long after, Optional<Duration> maxAge, int limit) {
    return inner.reopen(holder, after, maxAge, limit);
  }
}
