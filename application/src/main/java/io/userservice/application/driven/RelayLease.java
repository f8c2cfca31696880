package io.userservice.application.driven;

import java.util.Optional;

/**
 * The right to publish, which one instance has at a time, for a few seconds and on the store's
 * clock. A holder that is frozen or cut off loses it by doing nothing.
 *
 * <ul>
 *   <li>Of several that try, one gets it; the others may try again.
 *   <li>A lease that isn't renewed ends by itself; its former holder is told at the next renewal.
 *   <li>A released lease can be had at once.
 *   <li>A lease that is held is nobody else's: {@link Lease#isHeld()} ends before the lease does.
 *   <li>An offered lease isn't held, but stays with whom it was until another takes it over;
 *       renewed, it is held again.
 * </ul>
 *
 * Throws {@link StoreUnavailable}.
 */
public interface RelayLease {

  /** The lease, when it is free, expired, or this instance's already. */
  Optional<Lease> tryAcquire();

  /** The same, and also when it is offered: for those who can do what its holder can't now. */
  Optional<Lease> tryTakeOver();

  /** A lease that was had. */
  interface Lease {
    /** Extends it; false when another has it meanwhile: publish nothing more. */
    boolean renew();

    /** Extends it, and lets another take it over; false when another has it already. */
    boolean offer();

    /**
     * Whether it surely still lasts: by this machine's own, steady measure of time since it was
     * renewed, without asking anyone.
     */
    boolean isHeld();

    /** Gives it back; does nothing when it is lost already. */
    void release();
  }
}
