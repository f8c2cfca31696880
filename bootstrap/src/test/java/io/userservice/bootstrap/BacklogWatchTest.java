package io.userservice.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.InMemoryPersistence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class BacklogWatchTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void what_waits_for_a_moment_is_not_worth_a_word() {
    assertThat(delay(NOW.minusSeconds(30), 2)).isEmpty();
  }

  @Test
  void what_waits_for_long_is_told() {
    assertThat(delay(NOW.minusSeconds(40), 0)).contains("the oldest event waits for 40 s");
  }

  @Test
  void who_waits_behind_a_quarantined_event_is_told_so() {
    assertThat(delay(NOW.minusSeconds(40), 1))
        .contains(
            "the oldest event waits for 40 s"
                + "; 1 event is quarantined, and later ones of its user wait for it");
  }

  @Test
  void of_several_quarantined_events_the_number_is_told() {
    assertThat(delay(NOW.minusSeconds(40), 2).orElseThrow()).contains("2 events are quarantined");
  }

  @Test
  void who_looks_while_events_are_counted_for_long_is_told_what_was_counted_before() {
    var outbox = new Waiting(new Outbox.Backlog(1, Optional.of(NOW.minusSeconds(40)), 0));
    var watch = new BacklogWatch(outbox, InstantSource.fixed(NOW));
    watch.delay();
    var counted = new CountDownLatch(1);
    outbox.count(counted, new Outbox.Backlog(2, Optional.of(NOW.minusSeconds(50)), 0));

    await()
        .untilAsserted(
            () -> {
              assertThat(watch.delay()).contains("the oldest event waits for 40 s");
              assertThat(outbox.isCounting()).isTrue();
            });
    counted.countDown();

    await()
        .untilAsserted(() -> assertThat(watch.delay()).contains("the oldest event waits for 50 s"));
  }

  @Test
  void however_long_a_count_fails_it_is_asked_for_again_soon() {
    var outbox = new Waiting(new Outbox.Backlog(1, Optional.of(NOW.minusSeconds(40)), 0));
    var watch = new BacklogWatch(outbox, InstantSource.fixed(NOW));
    outbox.failFor(Duration.ofSeconds(1));
    watch.delay();

    await().atMost(Duration.ofSeconds(6)).until(() -> watch.delay().isPresent());
  }

  @Test
  void what_was_counted_before_a_count_that_fails_as_nobody_expects_is_not_told_for_ever() {
    var outbox = new Waiting(new Outbox.Backlog(1, Optional.of(NOW.minusSeconds(40)), 0));
    var watch = new BacklogWatch(outbox, InstantSource.fixed(NOW));
    watch.delay();
    outbox.breakDown();

    await().dontCatchUncaughtExceptions().until(() -> watch.delay().isEmpty());
  }

  private static Optional<String> delay(Instant oldest, long quarantined) {
    var outbox = new Waiting(new Outbox.Backlog(1, Optional.of(oldest), quarantined));
    return new BacklogWatch(outbox, InstantSource.fixed(NOW)).delay();
  }

  private static final class Waiting extends DecoratedOutbox {
    private volatile CountDownLatch counted = new CountDownLatch(0);
    private volatile Backlog backlog;
    private volatile boolean isCounting;
    private volatile boolean isBroken;
    private volatile Optional<Duration> failing = Optional.empty();

    Waiting(Backlog backlog) {
      super(new InMemoryPersistence().outbox());
      this.backlog = backlog;
    }

    void count(CountDownLatch until, Backlog result) {
      counted = until;
      backlog = result;
    }

    /** The next time. */
    void failFor(Duration time) {
      failing = Optional.of(time);
    }

    /** From now on. */
    void breakDown() {
      isBroken = true;
    }

    boolean isCounting() {
      return isCounting;
    }

    @Override
    public Backlog backlog() {
      if (isBroken) {
        throw new IllegalStateException("a bug");
      }
      if (failing.isPresent()) {
        await().pollDelay(failing.get()).until(() -> true);
        failing = Optional.empty();
        throw new StoreUnavailable("it takes too long");
      }
      isCounting = counted.getCount() > 0;
      await().until(() -> counted.getCount() == 0);
      return backlog;
    }
  }
}
