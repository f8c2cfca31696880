package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.RecentCommitsContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentQueueTest extends RecentCommitsContract {
  private final RecentQueue queue = new RecentQueue();

  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }

  @Test
  void a_commit_that_began_before_a_restart_and_ends_after_it_is_said_to_be_missing() {
    queue.take(10);
    var begun = queue.begin();
    queue.restart();
    assertThat(queue.take(10).complete()).isTrue();

    queue.committed(begun, List.of(pending(1)));

    assertThat(queue.take(10).events()).isEmpty();
    queue.committed(begun, List.of(pending(1)));
    assertThat(queue.take(10).complete()).isFalse();
  }

  /** Nobody takes anything from an instance that doesn't publish. */
  @Test
  void what_nobody_takes_is_not_kept_for_ever_and_said_to_be_missing() {
    queue.take(10);
    for (var i = 0; i < 10_000; i++) {
      queue.committed(queue.begin(), List.of(pending(i)));
    }

    var taken = queue.take(20_000);

    assertThat(taken.events()).hasSizeBetween(512, 5_000);
    assertThat(taken.complete()).isFalse();
  }

  @Test
  void of_large_events_fewer_are_kept() {
    queue.take(10);
    for (var i = 0; i < 100; i++) {
      queue.committed(queue.begin(), List.of(new Pending(i, large(100_000))));
    }

    var taken = queue.take(100);

    assertThat(taken.events()).hasSize(10);
    assertThat(taken.complete()).isFalse();
    queue.committed(queue.begin(), List.of(new Pending(101, large(100_000))));
    assertThat(queue.take(100).complete()).as("there is room again").isTrue();
  }

  private static Pending pending(long sequence) {
    return new Pending(sequence, commit(user(ACME, "ana@example.org")).event());
  }
}
