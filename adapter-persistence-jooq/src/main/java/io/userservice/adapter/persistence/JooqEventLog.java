package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.DELIVERIES;
import static io.userservice.adapter.persistence.generated.Tables.USER_EVENTS;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The append-only log, and the feed: its events in the order of their deliveries. */
final class JooqEventLog implements EventLog {
  /** Sequences that are looked through at once. */
  private static final int PIECE = 100_000;

  private final DSLContext database;

  JooqEventLog(DSLContext database) {
    this.database = database;
  }

  /** By index user_events_by_user. */
  @Override
  public List<RecordedEvent> history(UserKey user, Optional<Version> before, int limit) {
    return SqlFailures.translating(
        () ->
            database
                .select(Rows.EVENT_FIELDS)
                .from(USER_EVENTS)
                .where(USER_EVENTS.USER_ID.eq(user.id().value()))
                .and(USER_EVENTS.TENANT_ID.eq(user.tenant().value()))
                .and(
                    before
                        .map(bound -> USER_EVENTS.VERSION.lt(bound.value()))
                        .orElse(DSL.noCondition()))
                .orderBy(USER_EVENTS.VERSION.desc())
                .limit(limit)
                .fetch(Rows::event));
  }

  /**
   * What is of a tenant or a time is looked for in one piece of the log after another: few among
   * very many would take a single statement longer than its connection lasts.
   */
  @Override
  public List<Logged> select(Selection selection, long after, int limit) {
    return switch (selection) {
      case OfUser _ -> select(selection, after, Long.MAX_VALUE, limit);
      case OfTenant _, Since _ -> {
        var ends = ends();
        var found = new ArrayList<Logged>();
        var from = Math.max(after, ends.before());
        while (from < ends.last() && found.size() < limit) {
          found.addAll(select(selection, from, from + PIECE, limit - found.size()));
          from += PIECE;
        }
        yield found;
      }
    };
  }

  /** PostgreSQL is to see the bounds when it plans: they decide how it is looked for. */
  private List<Logged> select(Selection selection, long after, long until, int limit) {
    return SqlFailures.translating(
        () ->
            database
                .select(Rows.EVENT_FIELDS)
                .from(USER_EVENTS)
                .where(isMeant(selection))
                .and(USER_EVENTS.SEQ.gt(DSL.inline(after)))
                .and(USER_EVENTS.SEQ.le(DSL.inline(until)))
                .andExists(
                    DSL.selectOne().from(DELIVERIES).where(DELIVERIES.SEQ.eq(USER_EVENTS.SEQ)))
                .orderBy(USER_EVENTS.SEQ)
                .limit(DSL.inline(limit))
                .fetch(row -> new Logged(row.get(USER_EVENTS.SEQ), Rows.event(row))));
  }

  private Ends ends() {
    var first = DSL.coalesce(DSL.min(USER_EVENTS.SEQ), DSL.inline(1L));
    var last = DSL.coalesce(DSL.max(USER_EVENTS.SEQ), DSL.inline(0L));
    return SqlFailures.translating(
        () ->
            database
                .select(first, last)
                .from(USER_EVENTS)
                .fetchSingle(row -> new Ends(row.value1() - 1, row.value2())));
  }

  /** The log is behind the first of these sequences, and up to the second. */
  private record Ends(long before, long last) {}

  private static Condition isMeant(Selection selection) {
    return switch (selection) {
      case OfTenant(var tenant) -> USER_EVENTS.TENANT_ID.eq(tenant.value());
      case OfUser(var user) -> USER_EVENTS.USER_ID.eq(user.value());
      case Since(var instant) -> USER_EVENTS.AT.ge(DSL.inline(Rows.timestamp(instant)));
    };
  }

  /** By primary key. */
  @Override
  public List<Published> after(TenantId tenant, Position after, int limit) {
    return SqlFailures.translating(
        () ->
            database
                .select(Rows.EVENT_FIELDS)
                .select(DELIVERIES.POSITION)
                .from(DELIVERIES)
                .join(USER_EVENTS)
                .on(USER_EVENTS.SEQ.eq(DELIVERIES.SEQ))
                .where(DELIVERIES.TENANT_ID.eq(tenant.value()))
                .and(DELIVERIES.POSITION.gt(after.value()))
                .orderBy(DELIVERIES.POSITION)
                .limit(limit)
                .fetch(
                    row ->
                        new Published(
                            new Position(row.get(DELIVERIES.POSITION)), Rows.event(row))));
  }
}
