package io.userservice.application.delivery;

import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.RelayLease.Lease;
import java.time.Duration;

/** A lease that is renewed in time. */
final class HeldLease {
  private final Lease lease;
  private final Interval renewal;
  private boolean offered;

  HeldLease(Lease lease, Interval renewal) {
    this.lease = lease;
    this.renewal = renewal;
    renewal.begin();
  }

  /** Renews it when it is time to; false when it is lost. */
  boolean keep() {
    if (!renewal.isDue() && (offered || lease.isHeld())) {
      return true;
    }
    renewal.begin();
    return offered ? lease.offer() : lease.renew();
  }

  /** From the next renewal on another may have it. */
  void offer() {
    offered = true;
  }

  /** There is work to do that needs it again. */
  void want() {
    offered = false;
    demand();
  }

  /** Like {@link #keep()}, amid work that can't go on without. */
  void demand() {
    if (!keep()) {
      throw new LeaseGone();
    }
  }

  /** Goes on only as long as no other can have it, whenever it was renewed. */
  void demandHeld() {
    if (!lease.isHeld() && !keep()) {
      throw new LeaseGone();
    }
  }

  Duration untilRenewal() {
    return renewal.left();
  }

  boolean isHeld() {
    return lease.isHeld();
  }

  FencingToken token() {
    return lease.token();
  }

  void release() {
    lease.release();
  }
}
