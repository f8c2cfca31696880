package io.userservice.adapter.persistence;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Idempotency keys whose time is over. */
final class ExpiredKeys {
  /** One statement for all of a busy hour would take longer than its connection lasts. */
  static final int CHUNK = 5_000;

  /** What another instance is removing just now is left to it. */
  private static final String PURGE =
      """
      with expired as (
        select tenant_id, key from idempotency_keys
        where expires_at <= now()
        limit {0}
        for update skip locked
      )
      delete from idempotency_keys as gone using expired
      where gone.tenant_id = expired.tenant_id and gone.key = expired.key
      """;

  private final DSLContext database;

  ExpiredKeys(DSLContext database) {
    this.database = database;
  }

  long purge() {
    var total = 0L;
    while (true) {
      var gone = SqlFailures.translating(() -> database.execute(PURGE, DSL.inline(CHUNK)));
      total += gone;
      if (gone < CHUNK) {
        return total;
      }
    }
  }
}
