package io.userservice.adapter.persistence;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jooq.DSLContext;
import org.jooq.Field;
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

  long purge(Duration age) {
    var end = ago(age);
    return Purge.all(
        most -> SqlFailures.translating(() -> database.execute(PURGE, end, DSL.inline(most))));
  }

  /** By the database's clock: that of an instance may be wrong by years, and all would be gone. */
  private static Field<OffsetDateTime> ago(Duration age) {
    return DSL.field(
        "now() - {0} * interval '1 ms'", OffsetDateTime.class, DSL.val(age.toMillis()));
  }
}
