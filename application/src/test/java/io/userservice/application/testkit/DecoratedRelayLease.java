package io.userservice.application.testkit;

import io.userservice.application.driven.RelayLease;
import java.util.Optional;

/** A lease that is as another one, but for what a subclass overrides. */
public class DecoratedRelayLease implements RelayLease {
  protected final RelayLease inner;

  public DecoratedRelayLease(RelayLease inner) {
    this.inner = inner;
  }

  @Override
  public Optional<Lease> tryAcquire() {
    return decorated(inner.tryAcquire());
  }

  @Override
  public Optional<Lease> tryTakeOver() {
    return decorated(inner.tryTakeOver());
  }

  /** What is made of a lease that was had, or not. */
  protected Optional<Lease> decorated(Optional<Lease> granted) {
    return granted;
  }
}
