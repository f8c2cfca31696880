package io.userservice.adapter.persistence;

import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What nobody will ask for any more, in log and feed. */
final class OldEvents {
  private static final String PURGE =
      """
      with old as (
        select seq from user_events
        where at < {0}
          and not exists (select from outbox where outbox.seq = user_events.seq)
          and not exists (
            select from deliveries where deliveries.seq = user_events.seq and delivered_at >= {0})
        limit {1}
      ), undelivered as (
        delete from deliveries using old where deliveries.seq = old.seq
      )
      delete from user_events using old where user_events.seq = old.seq
      """;

  private final DSLContext database;

  OldEvents(DSLContext database) {
    this.database = database;
  }

  long purge(Instant before) {
    return Purge.all(
        most ->
            SqlFailures.translating(
                () -> database.execute(PURGE, DSL.val(Rows.timestamp(before)), DSL.inline(most))));
  }
}
