package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.RecordingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What goes out from memory, and when the outbox is asked instead. */
final class IntakeTest {
  private final InMemoryPersistence persistence = new InMemoryPersistence();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final FencingToken holder = persistence.lease().tryAcquire().orElseThrow().token();
  private int asked;
  private boolean reversed;
  private final Intake intake =
      new Intake(
          new PendingEvents(
              new DecoratedOutbox(persistence.outbox()) {
                @Override
                public List<Pending> next(int limit) {
                  asked++;
                  return super.next(limit);
                }
              },
              new RecordingObserver(),
              new Interval(now::get, Duration.ZERO),
              100,
              Runnable::run),
          new RecentCommits() {
            @Override
            public Taken take(int limit) {
              var taken = persistence.recent().take(limit);
              return reversed ? new Taken(taken.commits().reversed(), taken.complete()) : taken;
            }

            @Override
            public void restart() {
              persistence.recent().restart();
            }

            @Override
            public void doubt() {
              persistence.recent().doubt();
            }
          },
          new Interval(now::get, Duration.ofSeconds(5)));

  @Test
  void what_was_committed_here_goes_without_asking() {
    assertThat(next()).isEmpty();
    assertThat(asked).isEqualTo(1);

    var ana = user(ACME, "ana@example.org");
    var first = committed(commit(ana));
    assertThat(next()).containsExactly(first);
    var second = committed(commit(changed(ana, profile("ana@example.org", "II"))));
    assertThat(next()).containsExactly(second);

    assertThat(next()).isEmpty();
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void several_of_a_user_go_together_in_order() {
    next();
    var ana = user(ACME, "ana@example.org");
    var first = committed(commit(ana));
    var second = committed(commit(changed(ana, profile("ana@example.org", "II"))));

    assertThat(next()).containsExactly(first, second);
    assertThat(asked).isEqualTo(1);
  }

  /** They are given in any order. */
  @Test
  void of_a_user_the_earlier_one_goes_first() {
    next();
    var ana = user(ACME, "ana@example.org");
    var first = committed(commit(ana));
    var second = committed(commit(changed(ana, profile("ana@example.org", "II"))));
    reversed = true;

    assertThat(next()).containsExactly(first, second);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void what_was_there_before_is_asked_for_and_never_sent_from_memory_again() {
    var ana = user(ACME, "ana@example.org");
    var first = committed(commit(ana));

    assertThat(next()).containsExactly(first);
    assertThat(next()).isEmpty();
  }

  /** It came here by another way than a commit of this instance. */
  @Test
  void what_follows_something_unknown_is_asked_for_with_it() {
    next();
    var ana = user(ACME, "ana@example.org");
    var first = committed(commit(ana));
    persistence.recent().restart();
    var second = committed(commit(changed(ana, profile("ana@example.org", "II"))));
    var other = committed(commit(user(ACME, "bob@example.org")));

    assertThat(next()).as("it has nothing to wait for").containsExactly(other);
    assertThat(next()).containsExactly(first, second);
    assertThat(asked).isEqualTo(2);
  }

  /** Of most users it doesn't remember what was delivered last. */
  @Test
  void a_change_goes_without_asking_when_nothing_of_its_user_was_pending() {
    var ana = user(ACME, "ana@example.org");
    committed(commit(ana));
    next();
    intake.forget();
    next();

    var second = committed(commit(changed(ana, profile("ana@example.org", "II"))));

    assertThat(next()).containsExactly(second);
    assertThat(next()).isEmpty();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void in_doubt_it_asks() {
    next();
    persistence.recent().doubt();

    assertThat(next()).isEmpty();

    assertThat(asked).isEqualTo(2);
  }

  @Test
  void now_and_then_it_asks_without_doubt() {
    next();
    committed(commit(user(ACME, "ana@example.org")));
    persistence.recent().restart(); // as if another instance had committed it
    assertThat(next()).isEmpty();
    assertThat(intake.isDue()).isFalse();

    now.set(now.get().plusSeconds(5));

    assertThat(intake.isDue()).isTrue();
    assertThat(next()).hasSize(1);
    assertThat(intake.untilAsking()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_backlog_is_asked_for_until_there_is_no_more() {
    for (var i = 0; i < 25; i++) {
      committed(commit(user(ACME, "u" + i + "@example.org")));
    }

    assertThat(next(10)).hasSize(10);
    assertThat(next(10)).hasSize(10);
    assertThat(next(10)).hasSize(5);
    assertThat(next(10)).isEmpty();
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void of_large_events_there_may_be_more() {
    for (var i = 0; i < 8; i++) {
      var user = user(ACME, "u" + i + "@example.org");
      committed(new Commit(user, large(event(user), 1_500_000), Optional.empty()));
    }

    assertThat(next()).hasSize(3);
    assertThat(next()).hasSize(3);
    assertThat(next()).hasSize(2);
    assertThat(next()).isEmpty();
  }

  @Test
  void what_was_forgotten_is_asked_for() {
    next();
    var ana = user(ACME, "ana@example.org");
    committed(commit(ana));
    next();

    intake.forget();
    var second = committed(commit(changed(ana, profile("ana@example.org", "II"))));

    assertThat(next()).containsExactly(second);
    assertThat(asked).isEqualTo(2);
    assertThat(next()).isEmpty();
  }

  @Test
  void what_follows_a_gap_is_asked_for_with_what_is_in_it() {
    next();
    var ana = user(ACME, "ana@example.org");
    var again = changed(ana, profile("ana@example.org", "II"));
    committed(commit(ana));
    next();
    var second = committed(commit(again));
    persistence.recent().restart(); // as if another instance had committed it
    var third = committed(commit(changed(again, profile("ana@example.org", "III"))));

    assertThat(next()).containsExactly(second, third);
  }

  /** Nothing of its user was pending when it was committed, but then a repair began. */
  @Test
  void what_a_repair_makes_pending_again_goes_before_what_was_committed_meanwhile() {
    next();
    var ana = user(ACME, "ana@example.org");
    var first = committed(commit(ana));
    next();
    intake.forget();
    var second = committed(commit(changed(ana, profile("ana@example.org", "II"))));
    persistence.ledger().reopen(holder, 0, Optional.empty(), 10);

    assertThat(next(1)).containsExactly(first);
    assertThat(next(1)).containsExactly(second);
    assertThat(next(1)).isEmpty();
  }

  /** Its first event was lost, made pending again, and refused this time. */
  @Test
  void what_was_forgotten_lets_nothing_go_from_memory() {
    next();
    var ana = user(ACME, "ana@example.org");
    var first = committed(commit(ana));
    next();
    persistence.ledger().reopen(holder, 0, Optional.empty(), 10);
    persistence.outbox().quarantine(holder, first, "too large");

    intake.forget();

    assertThat(next()).isEmpty();
    committed(commit(changed(ana, profile("ana@example.org", "II"))));
    assertThat(next()).isEmpty();
  }

  /** More users than it remembers: what it can't tell from the past is asked for. */
  @Test
  void a_first_event_that_may_be_past_is_not_sent_again() {
    next();
    var early = new Pending(1, commit(user(ACME, "early@example.org")).event());
    var delivered = new ArrayList<Pending>();
    delivered.add(early);
    for (var i = 2; i < 40_000; i++) {
      delivered.add(new Pending(i, commit(user(ACME, "u@example.org")).event()));
    }
    var memory = new Delivered();
    delivered.forEach(memory::add);

    assertThat(memory.ahead().place(new Recent(early, true))).isEqualTo(Delivered.Place.UNCERTAIN);
    assertThat(memory.ahead().place(new Recent(delivered.getLast(), true)))
        .isEqualTo(Delivered.Place.PAST);
  }

  private List<Pending> next() {
    return next(100);
  }

  /** As the relay does: what is next is delivered. */
  private List<Pending> next(int limit) {
    var pending = intake.next(limit);
    persistence
        .outbox()
        .delivered(holder, pending.stream().map(one -> new Delivery(one, one.sequence())).toList());
    intake.delivered(pending);
    return pending;
  }

  private Pending committed(Commit commit) {
    persistence.users().commit(commit);
    return persistence.outbox().find(List.of(commit.event().id())).getFirst();
  }
}
