package io.userservice.bootstrap;

/**
 * Events as an outage leaves them, by the hundred thousand: committed, logged, and still to be
 * published. Each user has four, one after the other.
 */
final class Backlog {
  private static final int VERSIONS = 4;
  private static final String COMMIT =
      """
      with users as materialized (
        select gen_random_uuid() as user_id, number from generate_series(1, %d) as number
      ), logged as (
        insert into user_events (id, type, tenant_id, user_id, version, at, payload)
        select gen_random_uuid(), case version when 1 then 'user.created' else 'user.updated' end,
               'acme', user_id, version, now(), '{}'
        from users cross join generate_series(1, %d) as version
        order by number, version
        returning seq, user_id
      )
      insert into outbox (seq, user_id) select seq, user_id from logged
      """;

  private Backlog() {}

  /** The statement that commits so many events. */
  static String of(int events) {
    return COMMIT.formatted(events / VERSIONS, VERSIONS);
  }
}
