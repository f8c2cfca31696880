package io.userservice.application.testkit;

import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.RelayLease.Lease;

/** A lease that was had and is as another one, but for what a subclass overrides. */
public class DecoratedLease implements Lease {
  protected final Lease inner;

  public DecoratedLease(Lease inner) {
    this.inner = inner;
  }

  @Override
  public FencingToken token() {
    return inner.token();
  }

  @Override
  public boolean renew() {
    return inner.renew();
  }

  @Override
  public boolean offer() {
    return inner.offer();
  }

  @Override
  public boolean isHeld() {
    return inner.isHeld();
  }

  @Override
  public void release() {
    inner.release();
  }
}
