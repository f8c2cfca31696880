package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.DELIVERIES;
import static io.userservice.adapter.persistence.generated.Tables.STREAMS;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The deliveries, seen as what the stream should hold. */
final class JooqStreamLedger implements StreamLedger {
  /** Deliveries are to the stream of this number; 1 also before any was observed. */
  private static final Field<Integer> CURRENT =
      DSL.field(DSL.select(DSL.coalesce(DSL.max(STREAMS.NO), DSL.inline(1))).from(STREAMS));

  private static final String OBSERVE =
      Fence.LEASE
          + """
          , same as (
            update streams set first_seq = ?
            where exists (select from lease)
              and no = (select max(no) from streams) and incarnation = ?
            returning no
          ), another as (
            insert into streams (incarnation, first_seq)
            select ?, ? where exists (select from lease) and not exists (select from same)
          )
          """
          + Fence.IS_HOLDER;

  /**
   * Only what was altered is put back: what retention has deleted meanwhile can still be looked at
   * and joined, but has no event any more.
   */
  private static final String REOPEN =
      Fence.LEASE
          + """
          , looked_at as (
            select seq, stream_seq from deliveries
            where exists (select from lease)
              and stream_no = (select coalesce(max(no), 1) from streams) and stream_seq > ?
            order by stream_seq
            limit ?
          ), forgotten as (
            update deliveries set stream_seq = null
            from looked_at where deliveries.seq = looked_at.seq
            returning deliveries.seq, delivered_at
          ), reopened as (
            insert into outbox (seq, user_id)
            select seq, user_id from forgotten join user_events using (seq)
            where delivered_at > coalesce(now() - ?::bigint * interval '1 ms', '-infinity')
            on conflict do nothing
            returning seq
          )
          select (select count(*) from looked_at)::int, (select count(*) from reopened)::int,
                 exists (select from lease)
          """;

  private final DSLContext database;
  private final Watermark watermark;

  JooqStreamLedger(DSLContext database, Watermark watermark) {
    this.database = database;
    this.watermark = watermark;
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
    var stream = state.incarnation();
    var first = state.first();
    Fence.demand(
        SqlFailures.translating(
            () ->
                database
                    .resultQuery(OBSERVE, holder.value(), first, stream, stream, first)
                    .fetchSingle(0, boolean.class)));
  }

  @Override
  public Reopened reopen(FencingToken holder, long after, Optional<Duration> maxAge, int limit) {
    try {
      var row =
          SqlFailures.translating(
              () ->
                  database
                      .resultQuery(
                          REOPEN,
                          holder.value(),
                          after,
                          limit,
                          maxAge.map(Duration::toMillis).orElse(null))
                      .fetchSingle());
      Fence.demand(row.get(2, boolean.class));
      return new Reopened(row.get(0, int.class), row.get(1, int.class));
    } finally {
      watermark.reset(); // also when nobody knows whether it happened
    }
  }
}
