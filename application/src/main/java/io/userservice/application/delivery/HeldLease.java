package io.userservice.application.delivery;

import io.userservice.application.driven.RelayLease.Lease;
import java.time.Duration;

/** A lease that is renewed in time. */
final class HeldLease {
  private final Lease lease;
  private final Interval renewal;

  HeldLease(Lease lease, Interval renewal) {
    this.lease = lease;
    this.renewal = renewal;
    renewal.begin();
  }

  /** Renews it when it is time to; false when it is lost. */
  boolean keep() {
    if (!renewal.isDue() && lease.isHeld()) {
      return true;
    }
    renewal.begin();
    return lease.renew();
  }

  /** Like {@link #keep()}, amid work that can't go on without. */
  void demand() {
    if (!keep()) {
      throw new LeaseGone();
    }
  }

  Duration untilRenewal() {
    return renewal.left();
  }

  boolean isHeld() {
    return lease.isHeld();
  }

  void release() {
    lease.release();
  }
}
