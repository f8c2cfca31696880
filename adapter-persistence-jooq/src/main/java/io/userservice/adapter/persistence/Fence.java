package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.RELAY_LEASE;

import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.RelayLease.FencingToken;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * What only the holder of the lease may write. Whoever had it before, and was frozen or cut off on
 * the way to the database, would undo what the next holder has done.
 */
final class Fence {
  private final DSLContext database;

  Fence(DSLContext database) {
    this.database = database;
  }

  /**
   * Work under the lease, all or nothing. Its row is locked first: nobody takes it over meanwhile.
   *
   * @throws LeaseGone when another has had it since
   */
  <T> T behind(FencingToken holder, Function<DSLContext, T> work) {
    return SqlFailures.translating(
        () ->
            database.transactionResult(
                transaction -> {
                  demand(transaction.dsl(), holder);
                  return work.apply(transaction.dsl());
                }));
  }

  private static void demand(DSLContext transaction, FencingToken holder) {
    var mine =
        transaction
            .selectOne()
            .from(RELAY_LEASE)
            .where(RELAY_LEASE.TOKEN.eq(holder.value()))
            .forShare()
            .fetch();
    if (mine.isEmpty()) {
      throw new LeaseGone();
    }
  }
}
