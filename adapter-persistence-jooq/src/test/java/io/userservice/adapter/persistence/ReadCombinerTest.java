package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.testkit.Collision;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lookups that travel together: each gets its own answer. */
final class ReadCombinerTest {
  private final PostgresFixture store = new PostgresFixture();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void each_finds_what_it_asked_for() throws Exception {
    var users = new ArrayList<User>();
    for (var i = 0; i < 40; i++) {
      users.add(stored(i % 2 == 0 ? ACME : GLOBEX, i));
    }

    var found = Collision.of(400, i -> () -> store.users().find(users.get(i % 40).key()));

    for (var i = 0; i < 400; i++) {
      assertThat(found.get(i)).as("answer to %d", i).contains(users.get(i % 40));
    }
  }

  @Test
  void who_asks_for_a_user_of_another_tenant_or_of_none_gets_nothing() throws Exception {
    var ana = stored(ACME, 0);
    var foreign = new UserKey(GLOBEX, ana.key().id());
    var unknown = user(ACME, "nobody@example.org").key();

    var found =
        Collision.of(
            300,
            i -> () -> store.users().find(i % 3 == 0 ? ana.key() : i % 3 == 1 ? foreign : unknown));

    for (var i = 0; i < 300; i++) {
      assertThat(found.get(i)).isEqualTo(i % 3 == 0 ? Optional.of(ana) : Optional.empty());
    }
  }

  @Test
  void who_has_written_reads_it() throws Exception {
    Collision.of(
        100,
        i ->
            () -> {
              var user = stored(ACME, i);
              assertThat(store.users().find(user.key())).contains(user);
              return i;
            });
  }

  @Test
  void a_user_that_cannot_be_read_is_nobody_elses_failure() throws Exception {
    var users = List.of(stored(ACME, 0), stored(ACME, 1), stored(GLOBEX, 2));
    var broken = stored(ACME, 3);
    PostgresFixture.execute(
        "update users set email = ' ' where id = '%s'".formatted(broken.key().id()));

    Collision.of(
        300,
        i ->
            () -> {
              if (i % 10 == 0) {
                assertThatThrownBy(() -> store.users().find(broken.key()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("an e-mail address has 1 to 254 octets");
              } else {
                assertThat(store.users().find(users.get(i % 3).key())).contains(users.get(i % 3));
              }
              return i;
            });
  }

  @Test
  void attributes_that_cannot_be_read_are_the_failure_of_who_looks_into_them() {
    var broken = stored(ACME, 0);
    PostgresFixture.execute(
        "update users set attributes = '{\"x\":1e1000}' where id = '%s'"
            .formatted(broken.key().id()));

    var attributes = store.users().find(broken.key()).orElseThrow().profile().attributes();

    assertThat(attributes.text().value()).isEqualTo("{\"x\":1e1000}");
    assertThatThrownBy(attributes::value).hasMessage("a number has at most 1000 digits");
  }

  @Test
  void when_the_database_is_away_all_are_told() throws Exception {
    var away = Persistence.awaitingSchema(PostgresFixture.dataSource(), () -> {}).users();

    Collision.of(
        50,
        i ->
            () -> {
              assertThatThrownBy(() -> away.find(user(ACME, "u" + i + "@example.org").key()))
                  .isInstanceOf(StoreUnavailable.class);
              return i;
            });
  }

  /** Every third is deleted. */
  private User stored(TenantId tenant, int i) {
    ActiveUser user = user(tenant, "u" + i + "@example.org");
    store.users().commit(commit(user));
    if (i % 3 != 2) {
      return user;
    }
    var gone = deleted(user);
    store.users().commit(commit(gone));
    return gone;
  }
}
