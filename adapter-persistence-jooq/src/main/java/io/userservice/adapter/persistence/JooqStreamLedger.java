package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.DELIVERIES;
import static io.userservice.adapter.persistence.generated.Tables.STREAMS;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The deliveries, seen as what the stream should hold. */
final class JooqStreamLedger implements StreamLedger {
  /** Deliveries are to the stream of this number; 1 also before any was observed. */
  private static final Field<Integer> CURRENT =
      DSL.field(DSL.select(DSL.coalesce(DSL.max(STREAMS.NO), DSL.inline(1))).from(STREAMS));

  private static final String REOPEN =
      """
      with looked_at as (
        select seq, stream_seq from deliveries
        where stream_no = {0} and stream_seq > {1}
        order by stream_seq
        limit {2}
      ), forgotten as (
        update deliveries set stream_seq = null
        from looked_at where deliveries.seq = looked_at.seq
      ), reopened as (
        insert into outbox (seq, user_id)
        select seq, user_id from looked_at join user_events using (seq) where at >= {3}
        on conflict do nothing
        returning seq
      )
      select (select count(*) from looked_at)::int, (select count(*) from reopened)::int
      """;

  private final DSLContext database;
  private final Watermark watermark;
  private final Fence fence;

  JooqStreamLedger(DSLContext database, Watermark watermark) {
    this.database = database;
    this.watermark = watermark;
    this.fence = new Fence(database);
  }

  @Override
  public Optional<Known> known() {
    var last =
        DSL.field(
            DSL.select(DSL.coalesce(DSL.max(DELIVERIES.STREAM_SEQ), DSL.inline(0L)))
                .from(DELIVERIES)
                .where(DELIVERIES.STREAM_NO.eq(STREAMS.NO))
                .and(DELIVERIES.STREAM_SEQ.isNotNull()));
    return SqlFailures.translating(
        () ->
            database
                .select(STREAMS.INCARNATION, STREAMS.FIRST_SEQ, last)
                .from(STREAMS)
                .where(STREAMS.NO.eq(CURRENT))
                .fetchOptional(row -> new Known(row.value1(), row.value2(), row.value3())));
  }

  @Override
  public void observe(FencingToken holder, StreamState state) {
    fence.behind(
        holder,
        transaction -> {
          var isSame =
              transaction
                      .update(STREAMS)
                      .set(STREAMS.FIRST_SEQ, state.first())
                      .where(STREAMS.NO.eq(CURRENT))
                      .and(STREAMS.INCARNATION.eq(state.incarnation()))
                      .execute()
                  == 1;
          return isSame
              ? 1
              : transaction
                  .insertInto(STREAMS, STREAMS.INCARNATION, STREAMS.FIRST_SEQ)
                  .values(state.incarnation(), state.first())
                  .execute();
        });
  }

  @Override
  public Reopened reopen(FencingToken holder, long after, Instant notBefore, int limit) {
    try {
      return fence.behind(
          holder,
          transaction ->
              transaction
                  .resultQuery(
                      REOPEN,
                      CURRENT,
                      DSL.val(after),
                      DSL.val(limit),
                      DSL.val(Rows.timestamp(notBefore)))
                  .fetchSingle(row -> new Reopened(row.get(0, int.class), row.get(1, int.class))));
    } finally {
      watermark.reset(); // also when nobody knows whether it happened
    }
  }
}
