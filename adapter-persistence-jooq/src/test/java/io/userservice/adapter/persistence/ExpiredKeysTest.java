package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.UserStore;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.testkit.Collision;
import io.userservice.application.testkit.Users;
import java.sql.Connection;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.junit.jupiter.api.Test;

final class ExpiredKeysTest {

  @Test
  void only_keys_whose_time_is_over_are_purged() {
    try (var fixture = new PostgresFixture()) {
      for (var key : new String[] {"old", "new"}) {
        var commit = Users.commit(Users.user(Users.ACME, key + "@example.org"), key, "print");
        assertThat(fixture.users().commit(commit)).isInstanceOf(Committed.class);
      }
      PostgresFixture.execute(
          "update idempotency_keys set expires_at = now() - interval '1 second' where key = 'old'");

      assertThat(fixture.persistence().purgeExpiredKeys()).isEqualTo(1);
      assertThat(fixture.persistence().purgeExpiredKeys()).isZero();
    }
  }

  @Test
  void any_number_of_them_is_purged_and_what_another_is_purging_is_left_to_it() throws Exception {
    try (var fixture = new PostgresFixture();
        var other = PostgresFixture.dataSource().getConnection()) {
      PostgresFixture.execute(
          """
          insert into idempotency_keys
          select 'acme', n::text, 'print', gen_random_uuid(), 'e', 'n', '{}', now(), now()
          from generate_series(1, %d) as n
          """
              .formatted(Purge.PIECE + 2));
      other.setAutoCommit(false);
      other.createStatement().execute("delete from idempotency_keys where key = '1'");

      assertThat(fixture.persistence().purgeExpiredKeys()).isEqualTo(Purge.PIECE + 1);

      other.commit();
    }
  }

  @Test
  void a_key_that_is_purged_before_its_answer_is_read_takes_nobodys_address() throws Exception {
    try (var fixture = new PostgresFixture()) {
      for (var i = 0; i < 20; i++) {
        var user = Users.user(Users.ACME, "old" + i + "@example.org");
        fixture.users().commit(Users.commit(user, "key" + i, "print"));
      }
      PostgresFixture.execute(
          "update idempotency_keys set expires_at = now() - interval '1 second'");
      var users = purgingBeforeEachLook();

      var alone = Users.commit(Users.user(Users.ACME, "new@example.org"), "key0", "other");
      assertThat(users.commit(alone)).isEqualTo(new Committed());
      var together =
          Collision.of(
              19,
              i -> {
                var user = Users.user(Users.ACME, "new" + i + "@example.org");
                return () -> users.commit(Users.commit(user, "key" + (i + 1), "other"));
              });
      assertThat(together).containsOnly(new Committed());
    }
  }

  /** What has written looks for the reason why it couldn't, and each time the keys are gone. */
  private static UserStore purgingBeforeEachLook() {
    var pool = PostgresFixture.dataSource();
    var looks =
        DSL.using(
            new DataSourceConnectionProvider(pool) {
              @Override
              public Connection acquire() {
                PostgresFixture.execute("delete from idempotency_keys where expires_at <= now()");
                return super.acquire();
              }
            },
            SQLDialect.POSTGRES);
    return new JooqUserStore(
        looks, new ReadCombiner(pool), new WriteCombiner(pool, new RecentQueue(), () -> {}));
  }
}
