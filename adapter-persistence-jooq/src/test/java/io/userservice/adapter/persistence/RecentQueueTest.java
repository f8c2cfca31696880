package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.application.testkit.Collision;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RecentCommitsContract;
import io.userservice.application.testkit.Users;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Profile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecentQueueTest extends RecentCommitsContract {
  private final RecentQueue queue = new RecentQueue();
  private final PostgresFixture postgres = new PostgresFixture();

  @Override
  protected PersistenceFixture fixture() {
    return postgres;
  }

  @Test
  void a_commit_that_began_before_a_restart_and_ends_after_it_is_said_to_be_missing() {
    queue.take(10);
    var begun = queue.begin();
    queue.restart();
    assertThat(queue.take(10).complete()).isTrue();

    queue.committed(begun, List.of(recent(1)));

    assertThat(queue.take(10).commits()).isEmpty();
    queue.committed(begun, List.of(recent(1)));
    assertThat(queue.take(10).complete()).isFalse();
  }

  /** Nobody takes anything from an instance that doesn't publish. */
  @Test
  void what_nobody_takes_is_not_kept_for_ever_and_said_to_be_missing() {
    queue.take(10);
    for (var i = 0; i < 10_000; i++) {
      queue.committed(queue.begin(), List.of(recent(i)));
    }

    var taken = queue.take(20_000);

    assertThat(taken.commits()).hasSizeBetween(512, 5_000);
    assertThat(taken.complete()).isFalse();
  }

  @Test
  void of_large_events_fewer_are_kept() {
    queue.take(10);
    for (var i = 0; i < 100; i++) {
      queue.committed(queue.begin(), List.of(new Recent(new Pending(i, large(100_000)), true)));
    }

    var taken = queue.take(100);

    assertThat(taken.commits()).hasSize(10);
    assertThat(taken.complete()).isFalse();
    queue.committed(queue.begin(), List.of(new Recent(new Pending(101, large(100_000)), true)));
    assertThat(queue.take(100).complete()).as("there is room again").isTrue();
  }

  /** Alone, and many together. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void a_change_is_its_users_first_pending_one_when_all_earlier_are_delivered(int count)
      throws Exception {
    var made =
        IntStream.range(0, count).mapToObj(i -> user(ACME, "u%d@x.org".formatted(i))).toList();
    assertThat(firsts(made)).hasSize(count);
    var again = made.stream().map(user -> changed(user, profile(user, "II"))).toList();
    deliverAll();

    assertThat(firsts(again)).hasSize(count);

    var onceMore = again.stream().map(user -> changed(user, profile(user, "III"))).toList();
    assertThat(firsts(onceMore)).isEmpty();
  }

  private List<Recent> firsts(List<ActiveUser> users) throws Exception {
    Collision.of(users.size(), i -> () -> postgres.users().commit(commit(users.get(i))));
    return postgres.recent().take(users.size()).commits().stream()
        .filter(Recent::isFirstPending)
        .toList();
  }

  private void deliverAll() {
    var holder = postgres.lease().tryAcquire().orElseThrow().token();
    var pending = postgres.outbox().next(1_000);
    postgres
        .outbox()
        .delivered(holder, pending.stream().map(one -> new Delivery(one, one.sequence())).toList());
  }

  private static Profile profile(ActiveUser user, String name) {
    return Users.profile(user.profile().email().value(), name);
  }

  private static Recent recent(long sequence) {
    return new Recent(new Pending(sequence, commit(user(ACME, "ana@example.org")).event()), true);
  }
}
