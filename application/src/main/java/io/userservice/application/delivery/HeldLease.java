package io.userservice.application.delivery;

import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.RelayLease.Lease;
import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A lease that is renewed in time: by the relay between its calls, and by its {@link Heartbeat}
 * while one of them takes long. Renewed or not, nothing goes out unless it is known to be held.
 */
final class HeldLease {
  private final Lease lease;
  private final Interval renewal;
  private final Interval patience;

  /** So that an offer isn't overtaken by a renewal from before. */
  private final Lock turn = new ReentrantLock();

  private volatile boolean offered;
  private boolean lost;

  /**
   * @param renewal how often it is renewed
   * @param patience how long that goes on without a sign of life from the relay
   */
  HeldLease(Lease lease, Interval renewal, Interval patience) {
    this.lease = lease;
    this.renewal = renewal;
    this.patience = patience;
    renewal.begin();
    patience.begin();
  }

  /** Renews it when it is time to; false when it is lost. */
  boolean keep() {
    patience.begin();
    return inTurn(() -> isKept() || extend());
  }

  private boolean isKept() {
    return !lost && !renewal.isDue() && (offered || lease.isHeld());
  }

  private boolean extend() {
    renewal.begin();
    lost = !(offered ? lease.offer() : lease.renew());
    return !lost;
  }

  /**
   * Renews it when it is time to, and the relay hasn't for it waits for an answer. One that waits
   * for too long is to be replaced. Whatever comes of it, the relay is told when it asks itself.
   */
  void beat() {
    try {
      inTurn(() -> !renewal.isDue() || beatNow());
    } catch (StoreUnavailable _) {
      // there is another beat before the lease is over
    }
  }

  private boolean beatNow() {
    renewal.begin();
    return patience.isDue() || extend();
  }

  private boolean inTurn(BooleanSupplier action) {
    turn.lock();
    try {
      return action.getAsBoolean();
    } finally {
      turn.unlock();
    }
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
    patience.begin();
    if (!lease.isHeld()) {
      demand();
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
    turn.lock();
    try {
      lease.release();
    } finally {
      turn.unlock();
    }
  }
}
