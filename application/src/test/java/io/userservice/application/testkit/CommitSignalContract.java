package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.userservice.application.driven.CommitSignal}, one test each. */
public abstract class CommitSignalContract extends PersistenceContract {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(30);

  @Test
  void a_commit_wakes_who_waits_for_it() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = threads.submit(() -> store.signal().await(LONG));

      commit(user(ACME, "ana@example.org"));

      assertThat(waiting.get()).isTrue();
    }
  }

  @Test
  void a_commit_is_remembered_for_who_waits_later() throws Exception {
    commit(user(ACME, "ana@example.org"));

    assertThat(store.signal().await(LONG)).isTrue();
  }

  @Test
  void a_refused_commit_raises_no_signal() throws Exception {
    commit(user(ACME, "ana@example.org"));
    assertThat(store.signal().await(LONG)).isTrue();

    store.users().commit(Users.commit(user(ACME, "ana@example.org")));

    assertThat(store.signal().await(SHORT)).isFalse();
  }

  @Test
  void several_signals_count_as_one() throws Exception {
    store.signal().raise();
    store.signal().raise();

    assertThat(store.signal().await(LONG)).isTrue();
    assertThat(store.signal().await(SHORT)).isFalse();
  }
}
