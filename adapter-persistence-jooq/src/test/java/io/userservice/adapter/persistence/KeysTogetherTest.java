package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.EmailTaken;
import io.userservice.application.driven.UserStore.KeyReplayed;
import io.userservice.application.driven.UserStore.KeyReused;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.testkit.Collision;
import io.userservice.domain.user.ActiveUser;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Creates with idempotency keys that travel together: each gets what it would have got alone. */
final class KeysTogetherTest {
  private final PostgresFixture store = new PostgresFixture();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void of_many_with_one_key_one_is_made_and_the_others_get_its_answer() throws Exception {
    var outcomes = all(100, i -> commit(user(ACME, "u" + i + "@example.org"), "key", "print"));

    assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(KeyReplayed.class::isInstance).hasSize(99);
    assertThat(outcomes.stream().filter(KeyReplayed.class::isInstance).distinct()).hasSize(1);
    assertThat(store.outbox().next(1_000)).hasSize(1);
  }

  @Test
  void of_many_keys_each_is_remembered() throws Exception {
    var commits =
        IntStream.range(0, 100)
            .mapToObj(i -> commit(user(ACME, "u" + i + "@example.org"), "key" + i, "print"))
            .toList();

    assertThat(all(100, commits::get)).containsOnly(new Committed());
    assertThat(all(100, i -> again(i, "print")))
        .containsExactlyElementsOf(
            commits.stream()
                .<Outcome>map(commit -> new KeyReplayed((ActiveUser) commit.user()))
                .toList());
    assertThat(all(100, i -> again(i, "another"))).containsOnly(new KeyReused());
  }

  private static Commit again(int i, String fingerprint) {
    return commit(user(ACME, "again" + i + "@example.org"), "key" + i, fingerprint);
  }

  @Test
  void a_key_is_of_one_tenant_and_binds_no_neighbour() throws Exception {
    var outcomes =
        all(
            90,
            i ->
                switch (i % 3) {
                  case 0 -> commit(user(ACME, "a" + i + "@example.org"), "key" + i / 3, "print");
                  case 1 -> commit(user(GLOBEX, "g" + i + "@example.org"), "key" + i / 3, "print");
                  default -> commit(user(ACME, "n" + i + "@example.org"));
                });

    assertThat(outcomes).containsOnly(new Committed());
    assertThat(store.outbox().next(1_000)).hasSize(90);
  }

  /** Else a retry with a better address would get the refusal's answer for a day. */
  @Test
  void what_was_refused_has_claimed_no_key() throws Exception {
    store.users().commit(commit(user(ACME, "ana@example.org")));

    assertThat(all(50, i -> commit(user(ACME, "ana@example.org"), "key" + i, "print")))
        .containsOnly(new EmailTaken());
    assertThat(all(50, i -> commit(user(ACME, "u" + i + "@example.org"), "key" + i, "other")))
        .containsOnly(new Committed());
  }

  private List<Outcome> all(int count, IntFunction<Commit> commits) throws Exception {
    return Collision.of(count, i -> () -> store.users().commit(commits.apply(i)));
  }
}
