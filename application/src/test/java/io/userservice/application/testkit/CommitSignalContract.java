package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.userservice.application.driven.CommitSignal}, one test each. */
public abstract class CommitSignalContract extends PersistenceContract {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(30);
  private static final int ROUNDS = 10_000;

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

  /** By waits that end at once, one after the other, while another thread raises. */
  @Test
  void a_signal_that_comes_as_a_wait_ends_isnt_lost() throws Exception {
    var begun = new AtomicInteger();
    var raised = new AtomicInteger();
    var raiser = Thread.startVirtualThread(() -> raiseInEach(begun, raised));
    try {
      for (var round = 1; round <= ROUNDS; round++) {
        begun.set(round);
        var isHeard = false;
        while (!isHeard && raised.get() < round) {
          isHeard = store.signal().await(Duration.ZERO);
        }
        assertThat(isHeard || store.signal().await(Duration.ZERO)).isTrue();
      }
    } finally {
      begun.set(ROUNDS);
      raiser.join();
    }
  }

  private void raiseInEach(AtomicInteger begun, AtomicInteger raised) {
    for (var round = 1; round <= ROUNDS; round++) {
      while (begun.get() < round) {
        Thread.yield();
      }
      store.signal().raise();
      raised.set(round);
    }
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
