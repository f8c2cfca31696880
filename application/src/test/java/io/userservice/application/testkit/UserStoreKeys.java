package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.UserStore;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.EmailTaken;
import io.userservice.application.driven.UserStore.KeyReplayed;
import io.userservice.application.driven.UserStore.KeyReused;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.domain.json.JsonValue.JsonString;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of {@link UserStoreContract} what is about idempotency keys. */
abstract class UserStoreKeys extends UserStoreAddresses {
  /** Longer than a test takes. */
  private static final Duration A_WHILE = Duration.ofMinutes(10);

  @Test
  void a_key_answers_the_same_request_with_the_user_as_it_was_created() {
    var ana =
        user(
            ACME,
            profile("ana@example.org", "Ana", Map.of("team", new JsonString("blue"))),
            START.plusMillis(7));
    commit(Users.commit(ana, "key-1", "same"));
    var later = changed(ana, profile("other@example.org", "Other"));
    commit(later);
    commit(deleted(later));

    var again = store.users().commit(Users.commit(user(ACME, "ana@example.org"), "key-1", "same"));

    assertThat(again).isEqualTo(new KeyReplayed(ana));
    assertThat(pendingEvents()).hasSize(3);
  }

  @Test
  void a_key_is_refused_to_another_request() {
    var digest = "0123456789abcdef".repeat(4);
    commit(Users.commit(user(ACME, "ana@example.org"), "key-1", digest + "-a"));

    var other =
        store.users().commit(Users.commit(user(ACME, "b@example.org"), "key-1", digest + "-b"));

    assertThat(other).isEqualTo(new KeyReused());
    assertThat(pendingEvents()).hasSize(1);
  }

  @Test
  void a_key_belongs_to_its_tenant() {
    commit(Users.commit(user(ACME, "ana@example.org"), "key-1", "same"));

    assertThat(store.users().commit(Users.commit(user(GLOBEX, "x@example.org"), "key-1", "other")))
        .isEqualTo(new Committed());
  }

  @Test
  void a_key_is_judged_before_the_version_and_the_email_address() {
    var ana = user(ACME, "ana@example.org");
    var commit = commit(Users.commit(ana, "key-1", "same"));
    var other = Users.commit(user(ACME, "ana@example.org"), "key-1", "other");

    assertThat(store.users().commit(commit)).isEqualTo(new KeyReplayed(ana));
    assertThat(store.users().commit(other)).isEqualTo(new KeyReused());
    assertThat(pendingEvents()).containsExactly(commit.event());
  }

  @Test
  void a_refused_commit_uses_no_key_up() {
    commit(user(ACME, "ana@example.org"));
    var refused = Users.commit(user(ACME, "ana@example.org"), "key-1", "first");
    assertThat(store.users().commit(refused)).isEqualTo(new EmailTaken());

    assertThat(store.users().commit(Users.commit(user(ACME, "b@example.org"), "key-1", "second")))
        .isEqualTo(new Committed());
  }

  @Test
  void a_key_survives_a_restart() {
    var ana = user(ACME, "ana@example.org");
    commit(Users.commit(ana, "key-1", "same"));

    store.restart();

    assertThat(store.users().commit(Users.commit(user(ACME, "ana@example.org"), "key-1", "same")))
        .isEqualTo(new KeyReplayed(ana));
  }

  @Test
  void a_key_lasts_for_its_time_and_is_free_afterwards() {
    var ana = user(ACME, "ana@example.org");
    var same = Users.commit(ana, "key-1", "same");
    var bob = user(ACME, "bob@example.org");
    var other = Users.commit(bob, "key-1", "other");
    commit(same);

    store.ageKeys(IdempotencyClaim.LIFETIME.minus(A_WHILE));
    assertThat(store.users().commit(same)).isEqualTo(new KeyReplayed(ana));

    store.ageKeys(A_WHILE);
    commit(other);
    assertThat(store.users().commit(same)).isEqualTo(new KeyReused());

    store.ageKeys(IdempotencyClaim.LIFETIME.minus(A_WHILE));
    assertThat(store.users().commit(other)).isEqualTo(new KeyReplayed(bob));
    assertThat(pendingEvents()).containsExactly(same.event(), other.event());
  }

  @Test
  void of_many_commits_with_one_key_one_is_committed_and_the_others_learn_of_it() throws Exception {
    var outcomes =
        Collision.of(
            50,
            i ->
                () ->
                    store
                        .users()
                        .commit(Users.commit(user(ACME, "ana@example.org"), "key-1", "same")));

    assertThat(outcomes).containsOnlyOnce(new Committed());
    assertThat(outcomes)
        .allMatch(
            outcome ->
                outcome instanceof Committed
                    || outcome instanceof KeyReplayed
                    || outcome instanceof UserStore.KeyBusy);
    assertThat(pendingEvents()).hasSize(1);
  }
}
