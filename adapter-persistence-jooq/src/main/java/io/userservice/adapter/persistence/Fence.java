package io.userservice.adapter.persistence;

import io.userservice.application.driven.LeaseGone;

/**
 * What only the holder of the lease may write. Whoever had it before, and was frozen or cut off on
 * the way to the database, would undo what the next holder has done. One statement each: a
 * transaction that waits for its next one would keep others from the lease while its client is
 * frozen.
 */
final class Fence {
  /**
   * Begins such a statement: "lease" has a row when the token is that of the last grant. Its row is
   * locked, so that nobody takes the lease over while the statement goes on.
   */
  static final String LEASE =
      """
      with lease as materialized (
        select from relay_lease where only_row and token = ? for share
      )
      """;

  /** Ends it: whether it was the holder's. If not, it has done nothing. */
  static final String IS_HOLDER = "select exists (select from lease)";

  private Fence() {}

  /**
   * Tells who isn't the holder.
   *
   * @throws LeaseGone when the lease was had again since
   */
  static void demand(boolean isHolder) {
    if (!isHolder) {
      throw new LeaseGone();
    }
  }
}
