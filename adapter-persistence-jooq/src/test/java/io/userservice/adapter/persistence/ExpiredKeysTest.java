package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.testkit.Users;
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
}
