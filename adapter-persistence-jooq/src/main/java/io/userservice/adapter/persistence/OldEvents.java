package io.userservice.adapter.persistence;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What nobody will ask for any more, in log and feed. */
final class OldEvents {
  /**
   * A delivery that is being reopened beside it is waited for, and looks another way then: its
   * event stays, for it is in the outbox, which can't be seen from here. The other way round,
   * reopening passes over what is gone. Events that were never delivered were given up by an
   * operator; nobody reopens them.
   */
  private static final String PURGE =
      """
      with old as (
        select seq, deliveries.seq as delivered, stream_seq
        from user_events left join deliveries using (seq)
        where at < {0}
          and coalesce(delivered_at < {0}, true)
          and not exists (select from outbox where outbox.seq = user_events.seq)
        limit {1}
      ), undelivered as (
        delete from deliveries using old
        where deliveries.seq = old.seq
          and deliveries.stream_seq is not distinct from old.stream_seq
          and deliveries.delivered_at < {0}
        returning deliveries.seq
      ), gone as (
        select seq from undelivered
        union all
        select seq from old where delivered is null
      )
      delete from user_events using gone where user_events.seq = gone.seq
      """;

  private final DSLContext database;

  OldEvents(DSLContext database) {
    this.database = database;
  }

  long purge(Duration age) {
    var end = ago(age);
    return Purge.all(
        most -> SqlFailures.translating(() -> database.execute(PURGE, end, DSL.inline(most))));
  }

  /**
   * By the database's clock: that of an instance may be wrong by years, and all would be gone. How
   * much is so old decides how it is looked for, so PostgreSQL is to see it when it plans.
   */
  private static Field<OffsetDateTime> ago(Duration age) {
    return DSL.field(
        "now() - {0} * interval '1 ms'", OffsetDateTime.class, DSL.inline(age.toMillis()));
  }
}
