package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.application.driven.RecentCommits.Taken;
import io.userservice.domain.user.Version;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The promises of {@link io.userservice.application.driven.RecentCommits}, one test each. An
 * adapter may remember nothing, as long as it says so.
 */
public abstract class RecentCommitsContract extends PersistenceContract {
  private static final int MANY = 1_000;

  @Test
  void what_is_committed_is_given_as_the_outbox_has_it_or_said_to_be_missing() throws Exception {
    Collision.of(
        30,
        i ->
            () -> {
              var user = user(ACME, "u" + i + "@example.org");
              commit(user);
              return commit(changed(user, profile("u" + i + "@example.org", "II")));
            });

    var taken = store.recent().take(MANY);

    assertGivenOrMissing(taken, store.outbox().next(MANY));
  }

  @Test
  void each_is_given_once() {
    for (var i = 0; i < 5; i++) {
      commit(user(ACME, "u" + i + "@example.org"));
    }

    var first = store.recent().take(3);
    var second = store.recent().take(MANY);

    assertThat(first.commits()).hasSizeLessThanOrEqualTo(3);
    assertThat(pending(second)).noneMatch(pending(first)::contains);
    assertThat(store.recent().take(MANY).commits()).isEmpty();
    if (first.complete() && second.complete()) {
      assertThat(first.commits().size() + second.commits().size()).isEqualTo(5);
    }
  }

  @Test
  void what_is_said_to_be_its_users_first_pending_event_has_none_before_it() {
    var waiting = user(ACME, "waiting@example.org");
    var refused = user(ACME, "refused@example.org");
    commit(waiting);
    commit(refused);
    store.outbox().quarantine(holder(), store.outbox().next(2).getLast(), "too large");
    commit(changed(waiting, profile("waiting@example.org", "II")));
    commit(changed(refused, profile("refused@example.org", "II")));

    assertThat(store.recent().take(MANY).commits())
        .filteredOn(Recent::isFirstPending)
        .allMatch(commit -> commit.pending().event().version().equals(Version.FIRST));
  }

  @Test
  void after_a_restart_only_what_begins_then_is_given() {
    commit(user(ACME, "before@example.org"));

    store.recent().restart();
    var after = commit(user(ACME, "after@example.org")).event();

    assertThat(pending(store.recent().take(MANY)))
        .extracting(Pending::event)
        .isSubsetOf(List.of(after));
  }

  @Test
  void a_refused_commit_gives_nothing() {
    commit(user(ACME, "ana@example.org"));
    store.recent().take(MANY);

    store.users().commit(Users.commit(user(ACME, "ana@example.org")));

    assertThat(store.recent().take(MANY).commits()).isEmpty();
  }

  @Test
  void who_is_told_of_doubt_says_that_something_is_missing() {
    store.recent().doubt();

    assertThat(store.recent().take(MANY).complete()).isFalse();
  }

  private static void assertGivenOrMissing(Taken taken, List<Pending> committed) {
    assertThat(committed).containsAll(pending(taken));
    if (taken.complete()) {
      assertThat(new HashSet<>(pending(taken))).isEqualTo(new HashSet<>(committed));
    }
  }

  private static List<Pending> pending(Taken taken) {
    return taken.commits().stream().map(Recent::pending).toList();
  }
}
