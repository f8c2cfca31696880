package io.userservice.adapter.persistence;

import io.userservice.adapter.persistence.Watermark.Found;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.user.Version;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.PGStatement;

/**
 * What the relay asks again and again. Plain JDBC like {@link CommitStatement}. What is next is
 * planned anew each time: the outbox is empty most of the time, and a plan that was kept from then
 * reads all of it over and over once an outage has left it with a hundred thousand rows.
 */
final class OutboxStatements {
  private static final String EVENT =
      "seq, id, type, tenant_id, user_id, version, at, actor, trace, payload";

  /**
   * The limit comes before the join, and each event and each user's refusal is looked up by itself,
   * for which "offset 0" is PostgreSQL's word: joined at will, and with statistics from other days,
   * all of the log or the queue could be read each time.
   *
   * <p>"age" counts from the first transaction that has not begun. The end of the snapshot comes
   * before it: behind that is all that has not ended, and some of it has begun.
   */
  private static final String NEXT =
      """
      with next as materialized (
        select seq from outbox
        where seq >= ? and not exists (
          select from outbox as refused
          where refused.user_id = outbox.user_id and refused.seq <= outbox.seq
            and refused.refusal is not null offset 0)
        order by seq
        limit ?
      )
      select event.*, (select min(seq) from outbox where seq >= ?),
             pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
             pg_snapshot_xmin(pg_current_snapshot())::text::bigint
               + age(pg_snapshot_xmin(pg_current_snapshot())::xid)
      from (
        select event.*,
               sum(octet_length(payload)) over (order by next.seq) - octet_length(payload) as before
        from next cross join lateral (
          select %s from user_events where seq = next.seq offset 0
        ) as event
      ) as event
      where before < ?
      order by seq
      """
          .formatted(EVENT);

  /**
   * Whether a transaction that began before the given one has written events and goes on. To be
   * asked before the search: its end is seen before its locks are gone.
   */
  private static final String WRITER =
      """
      with held as materialized (
        select relation, database, mode, transactionid, virtualtransaction from pg_locks
        where granted
      )
      select exists (
        select from held as log join held as own using (virtualtransaction)
        where log.relation = 'user_events'::regclass
          and log.database = (select oid from pg_database where datname = current_database())
          and log.mode = 'RowExclusiveLock'
          and own.transactionid is not null
          and pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                + age(pg_snapshot_xmin(pg_current_snapshot())::xid)
                - age(own.transactionid) < ?
      )
      """;

  /**
   * Each is looked up by itself, as above: the queue may be long, and many of its rows dead. And
   * ordered afterwards, or the log could be read in its order.
   */
  private static final String FIND =
      """
      select * from (
        select %s from user_events where id = any (?::uuid[]) offset 0
      ) as event
      where exists (select from outbox where outbox.seq = event.seq offset 0)
      order by seq
      """
          .formatted(EVENT);

  /**
   * What isn't there any more isn't delivered once more. With "is true" the one list is looked up
   * in a hash of the other: joined, each would be compared with each.
   */
  private static final String DELIVERED =
      Fence.LEASE
          + """
          , gone as (
            delete from outbox
            where exists (select from lease) and seq = any (?::bigint[])
            returning seq
          ), marked as (
            insert into deliveries (seq, tenant_id, stream_no, stream_seq)
            select seq, tenant_id, (select coalesce(max(no), 1) from streams), stream_seq
            from unnest(?::bigint[], ?::text[], ?::bigint[])
              with ordinality as acknowledged (seq, tenant_id, stream_seq, place)
            where (seq in (select seq from gone)) is true
            order by place
            on conflict (seq) do update
            set stream_no = excluded.stream_no, stream_seq = excluded.stream_seq,
                delivered_at = excluded.delivered_at
          )
          """
          + Fence.IS_HOLDER;

  private OutboxStatements() {}

  static List<Pending> next(Connection connection, int limit, Watermark watermark)
      throws SQLException {
    var search = watermark.search();
    var writersEnded = search.isHeldUp() && !isWriterRunning(connection, search.begunBefore());
    try (var statement = plannedAnew(connection, NEXT)) {
      statement.setLong(1, search.from());
      statement.setInt(2, limit);
      statement.setLong(3, search.from());
      statement.setLong(4, 4L * Outbox.LARGE);
      try (var row = statement.executeQuery()) {
        var pending = new ArrayList<Pending>();
        var found = Optional.<Found>empty();
        while (row.next()) {
          pending.add(new Pending(row.getLong(1), event(row)));
          found = Optional.of(found(row));
        }
        found.ifPresent(all -> watermark.found(search, all, writersEnded));
        return pending;
      }
    }
  }

  private static boolean isWriterRunning(Connection connection, long begunBefore)
      throws SQLException {
    try (var statement = connection.prepareStatement(WRITER)) {
      statement.setLong(1, begunBefore);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  static List<Pending> find(Connection connection, Collection<EventId> ids) throws SQLException {
    try (var statement = connection.prepareStatement(FIND)) {
      statement.setArray(
          1, connection.createArrayOf("uuid", ids.stream().map(EventId::value).toArray()));
      try (var row = statement.executeQuery()) {
        var pending = new ArrayList<Pending>();
        while (row.next()) {
          pending.add(new Pending(row.getLong(1), event(row)));
        }
        return pending;
      }
    }
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(row.getLong(12), row.getLong(1), row.getLong(13), row.getLong(14));
  }

  private static RecordedEvent event(ResultSet row) throws SQLException {
    return new RecordedEvent(
        new EventId(row.getObject(2, UUID.class)),
        Rows.eventType(row.getString(3)),
        Rows.key(row.getString(4), row.getObject(5, UUID.class)),
        new Version(row.getLong(6)),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString(8)).map(Actor::new),
        Optional.ofNullable(row.getString(9)).map(TraceParent::new),
        new JsonText(row.getString(10)));
  }

  /** Whether it was the holder who said so, see {@link Fence}. */
  static boolean delivered(Connection connection, FencingToken holder, List<Delivery> deliveries)
      throws SQLException {
    try (var statement = connection.prepareStatement(DELIVERED)) {
      var sequences =
          array(connection, "bigint", deliveries, delivery -> delivery.event().sequence());
      statement.setLong(1, holder.value());
      statement.setArray(2, sequences);
      statement.setArray(3, sequences);
      statement.setArray(4, array(connection, "text", deliveries, OutboxStatements::tenant));
      statement.setArray(5, array(connection, "bigint", deliveries, Delivery::streamSequence));
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static String tenant(Delivery delivery) {
    return delivery.event().event().user().tenant().value();
  }

  private static Array array(
      Connection connection,
      String type,
      List<Delivery> deliveries,
      Function<Delivery, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, deliveries.stream().map(value).toArray());
  }

  private static PreparedStatement plannedAnew(Connection connection, String sql)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    return statement;
  }
}
