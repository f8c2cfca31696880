package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.OUTBOX;
import static io.userservice.adapter.persistence.generated.Tables.USER_EVENTS;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The thin queue that points into the log. */
final class JooqOutbox implements Outbox {
  private static final String QUARANTINE =
      Fence.LEASE
          + """
          , aside as (
            update outbox set refusal = ? where exists (select from lease) and seq = ?
          )
          """
          + Fence.IS_HOLDER;

  private final DSLContext database;
  private final DataSource dataSource;
  private final Watermark watermark;

  JooqOutbox(DSLContext database, DataSource dataSource, Watermark watermark) {
    this.database = database;
    this.dataSource = dataSource;
    this.watermark = watermark;
  }

  @Override
  public List<Pending> next(int limit) {
    return SqlFailures.translatingJdbc(
        dataSource, connection -> OutboxStatements.next(connection, limit, watermark));
  }

  @Override
  public void delivered(FencingToken holder, List<Delivery> deliveries) {
    Fence.demand(
        SqlFailures.translatingJdbc(
            dataSource, connection -> OutboxStatements.delivered(connection, holder, deliveries)));
  }

  @Override
  public List<Pending> find(Collection<EventId> ids) {
    return SqlFailures.translatingJdbc(
        dataSource, connection -> OutboxStatements.find(connection, ids));
  }

  private static Condition isOneOf(Collection<EventId> ids) {
    return USER_EVENTS.ID.eq(DSL.any(ids.stream().map(EventId::value).toArray(UUID[]::new)));
  }

  @Override
  public List<Quarantined> quarantined(int limit) {
    return SqlFailures.translating(
        () ->
            database
                .select(Rows.EVENT_FIELDS)
                .select(OUTBOX.REFUSAL)
                .from(OUTBOX)
                .join(USER_EVENTS)
                .on(USER_EVENTS.SEQ.eq(OUTBOX.SEQ))
                .where(OUTBOX.REFUSAL.isNotNull())
                .orderBy(OUTBOX.SEQ)
                .limit(limit)
                .fetch(row -> new Quarantined(Rows.event(row), row.get(OUTBOX.REFUSAL))));
  }

  @Override
  public List<EventId> retry(Collection<EventId> ids) {
    return SqlFailures.translating(
        () ->
            database
                .update(OUTBOX)
                .setNull(OUTBOX.REFUSAL)
                .from(USER_EVENTS)
                .where(isRefused(ids))
                .returningResult(USER_EVENTS.ID)
                .fetch(row -> new EventId(row.get(USER_EVENTS.ID))));
  }

  @Override
  public List<EventId> drop(Collection<EventId> ids) {
    return SqlFailures.translating(
        () ->
            database
                .deleteFrom(OUTBOX)
                .using(USER_EVENTS)
                .where(isRefused(ids))
                .returningResult(USER_EVENTS.ID)
                .fetch(row -> new EventId(row.get(USER_EVENTS.ID))));
  }

  private static Condition isRefused(Collection<EventId> ids) {
    return USER_EVENTS.SEQ.eq(OUTBOX.SEQ).and(OUTBOX.REFUSAL.isNotNull()).and(isOneOf(ids));
  }

  @Override
  public void quarantine(FencingToken holder, Pending event, String reason) {
    Fence.demand(
        SqlFailures.translating(
            () ->
                database
                    .resultQuery(QUARANTINE, holder.value(), reason, event.sequence())
                    .fetchSingle(0, boolean.class)));
  }

  @Override
  public Backlog backlog() {
    var pending = DSL.count().filterWhere(OUTBOX.REFUSAL.isNull());
    var oldest = DSL.min(OUTBOX.SEQ).filterWhere(OUTBOX.REFUSAL.isNull());
    var quarantined = DSL.count().filterWhere(OUTBOX.REFUSAL.isNotNull());
    return SqlFailures.translating(
        () -> {
          var counts = database.select(pending, oldest, quarantined).from(OUTBOX).fetchSingle();
          return new Backlog(
              counts.value1(),
              Optional.ofNullable(counts.value2()).flatMap(this::at),
              counts.value3());
        });
  }

  /** Empty when the event is gone by now. */
  private Optional<Instant> at(long sequence) {
    return database
        .select(USER_EVENTS.AT)
        .from(USER_EVENTS)
        .where(USER_EVENTS.SEQ.eq(sequence))
        .fetchOptional(USER_EVENTS.AT)
        .map(OffsetDateTime::toInstant);
  }
}
