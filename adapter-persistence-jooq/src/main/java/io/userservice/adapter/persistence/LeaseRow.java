package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.RELAY_LEASE;

import io.userservice.application.driven.RelayLease;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;

/** The right to publish as a row that expires on the database's clock. */
final class LeaseRow implements RelayLease {
  private final DSLContext database;
  private final Duration duration;
  private final UUID holder = UUID.randomUUID();

  LeaseRow(DSLContext database, Duration duration) {
    this.database = database;
    this.duration = duration;
  }

  @Override
  public Optional<Lease> tryAcquire() {
    var free = RELAY_LEASE.EXPIRES_AT.le(DSL.currentOffsetDateTime());
    return extend(isOwn().or(free)) ? Optional.of(new Own()) : Optional.empty();
  }

  private Condition isOwn() {
    return RELAY_LEASE.HOLDER.eq(holder);
  }

  private boolean extend(Condition condition) {
    var expiry = DSL.currentOffsetDateTime().add(DayToSecond.valueOf(duration));
    return SqlFailures.translating(
        () ->
            database
                    .update(RELAY_LEASE)
                    .set(RELAY_LEASE.HOLDER, holder)
                    .set(RELAY_LEASE.EXPIRES_AT, expiry)
                    .where(condition)
                    .execute()
                == 1);
  }

  private final class Own implements Lease {
    @Override
    public boolean renew() {
      return extend(isOwn());
    }

    @Override
    public void release() {
      SqlFailures.translating(
          () ->
              database
                  .update(RELAY_LEASE)
                  .setNull(RELAY_LEASE.HOLDER)
                  .set(RELAY_LEASE.EXPIRES_AT, DSL.currentOffsetDateTime())
                  .where(isOwn())
                  .execute());
    }
  }
}
