package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.RELAY_LEASE;

import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;

/** The right to publish as a row that expires on the database's clock. */
final class LeaseRow implements RelayLease {
  /** What the two machines' measures of a few seconds may differ by, and more. */
  private static final long MARGIN_NANOS = Duration.ofMillis(50).toNanos();

  private final DSLContext database;
  private final Duration duration;
  private final Runnable doubt;
  private final UUID holder = UUID.randomUUID();
  private final Condition isOwn = RELAY_LEASE.HOLDER.eq(holder);

  /**
   * @param doubt told before a lease is given, for others may have published meanwhile; and when
   *     one can't be renewed, for it may be another server that answers the next time
   */
  LeaseRow(DSLContext database, Duration duration, Runnable doubt) {
    this.database = database;
    this.duration = duration;
    this.doubt = doubt;
  }

  @Override
  public Optional<Lease> tryAcquire() {
    return tryToHave(isOwn.or(isOver()));
  }

  @Override
  public Optional<Lease> tryTakeOver() {
    return tryToHave(isOwn.or(isOver()).or(RELAY_LEASE.OFFERED));
  }

  /** Also when it would last longer than any is given for: the database's clock was set back. */
  private Condition isOver() {
    var now = DSL.currentOffsetDateTime();
    return RELAY_LEASE
        .EXPIRES_AT
        .le(now)
        .or(RELAY_LEASE.EXPIRES_AT.gt(now.add(DayToSecond.valueOf(duration.multipliedBy(2)))));
  }

  private Optional<Lease> tryToHave(Condition condition) {
    var asked = System.nanoTime();
    return SqlFailures.translating(
            () ->
                database
                    .update(RELAY_LEASE)
                    .set(RELAY_LEASE.HOLDER, holder)
                    .set(RELAY_LEASE.TOKEN, RELAY_LEASE.TOKEN.plus(1))
                    .set(RELAY_LEASE.EXPIRES_AT, expiry())
                    .set(RELAY_LEASE.OFFERED, false)
                    .where(condition)
                    .returningResult(RELAY_LEASE.TOKEN)
                    .fetchOptional(RELAY_LEASE.TOKEN))
        .map(
            token -> {
              doubt.run();
              return new Own(new FencingToken(token), asked);
            });
  }

  private Field<OffsetDateTime> expiry() {
    return DSL.currentOffsetDateTime().add(DayToSecond.valueOf(duration));
  }

  private final class Own implements Lease {
    private final FencingToken token;
    private volatile long renewed;
    private volatile boolean offered;
    private volatile boolean lost;

    Own(FencingToken token, long renewed) {
      this.token = token;
      this.renewed = renewed;
    }

    @Override
    public FencingToken token() {
      return token;
    }

    private Condition isThis() {
      return isOwn.and(RELAY_LEASE.TOKEN.eq(token.value()));
    }

    private boolean extend(boolean offer) {
      try {
        return SqlFailures.translating(
            () ->
                database
                        .update(RELAY_LEASE)
                        .set(RELAY_LEASE.EXPIRES_AT, expiry())
                        .set(RELAY_LEASE.OFFERED, offer)
                        .where(isThis())
                        .execute()
                    == 1);
      } catch (StoreUnavailable away) {
        doubt.run();
        throw away;
      }
    }

    @Override
    public boolean renew() {
      var asked = System.nanoTime();
      lost = !extend(false);
      renewed = lost ? renewed : asked;
      offered = false;
      return !lost;
    }

    @Override
    public boolean offer() {
      offered = true; // before others can know
      lost = !extend(true);
      return !lost;
    }

    /** Counted from before the database was asked, so it ends here before it ends there. */
    @Override
    public boolean isHeld() {
      return !lost && !offered && System.nanoTime() - renewed < duration.toNanos() - MARGIN_NANOS;
    }

    @Override
    public void release() {
      lost = true;
      SqlFailures.translating(
          () ->
              database
                  .update(RELAY_LEASE)
                  .setNull(RELAY_LEASE.HOLDER)
                  .set(RELAY_LEASE.EXPIRES_AT, DSL.currentOffsetDateTime())
                  .where(isThis())
                  .execute());
    }
  }
}
