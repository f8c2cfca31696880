package io.userservice.application.driven;

import java.util.Optional;

/**
 * The right to publish, which one instance has at a time, for a few seconds and on the store's
 * clock. A holder that is frozen or cut off loses it by doing nothing.
 *
 * <ul>
 *   <li>Of several that try, one gets it.
 *   <li>Its holder keeps it by renewing.
 *   <li>Its holder keeps it by offering, too, until another takes it over.
 *   <li>A lease that is not renewed ends, and its former holder is told.
 *   <li>A lease that is held is nobody else's.
 *   <li>A released lease can be had at once.
 *   <li>An offered lease stays where it is until another takes it over.
 *   <li>A lease that isn't offered any more, or never was, isn't taken over.
 *   <li>Who takes over an offered lease doesn't offer it.
 *   <li>A lease that is had anew isn't offered, whoever had offered it.
 *   <li>Releasing a lost lease does nothing to the new holder.
 *   <li>Each time that it is had, its token is greater, also after a restart.
 *   <li>A store out of reach is unavailable.
 *   <li>Whether it is held is known without the store, and it ends by itself.
 * </ul>
 *
 * Throws {@link StoreUnavailable}.
 */
public interface RelayLease {

  /** The lease, when it is free, expired, or this instance's already. */
  Optional<Lease> tryAcquire();

  /** The same, and also when it is offered: for those who can do what its holder can't now. */
  Optional<Lease> tryTakeOver();

  /**
   * The number of a grant. Whoever writes for the stream shows it to the store, and what comes from
   * the holder of before, frozen or cut off on the way, is refused: a fencing token (Kleppmann,
   * "How to do distributed locking", 2016). As long as nobody had it again, a lease that is over
   * does no harm, and what is written under it is written.
   */
  record FencingToken(long value) {}

  /**
   * A lease that was had. One thread at a time renews, offers or releases it; any may ask meanwhile
   * whether it is held.
   */
  interface Lease {
    /** What shows that a write is this holder's. */
    FencingToken token();

    /**
     * Extends it; false when another has it meanwhile: publish nothing more. What has ended without
     * another's having it may be extended or not, for a store may forget what has ended.
     */
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
