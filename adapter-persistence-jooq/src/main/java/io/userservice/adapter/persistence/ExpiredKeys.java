package io.userservice.adapter.persistence;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Idempotency keys whose time is over. */
final class ExpiredKeys {
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
    return Purge.all(
        most -> SqlFailures.translating(() -> database.execute(PURGE, DSL.inline(most))));
  }
}
