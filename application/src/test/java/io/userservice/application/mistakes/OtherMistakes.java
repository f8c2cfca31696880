package io.userservice.application.mistakes;

import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.Identifiers;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driving.EventId;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.domain.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What adapters of the smaller ports get wrong. */
final class OtherMistakes {
  private OtherMistakes() {}

  static List<Mistake> all() {
    return List.of(
        new Mistake(
            "reopens what the stream would have dropped by now",
            Suites.OfLedger.class,
            "what_was_delivered_too_long_ago_is_forgotten_and_not_reopened",
            () -> withMaxAge(_ -> Optional.empty())),
        new Mistake(
            "counts the age of a delivery from when the event happened",
            Suites.OfLedger.class,
            "what_happened_long_ago_and_was_delivered_just_now_is_reopened",
            () -> withMaxAge(maxAge -> maxAge.map(_ -> Duration.ZERO))),
        new Mistake(
            "remembers in memory what was delivered to the stream",
            Suites.OfLedger.class,
            "what_was_delivered_is_known_and_reopened_after_a_restart_too",
            ForgettingDeliveries::new),
        signal("counts each signal", "several_signals_count_as_one", Counting::new),
        signal(
            "drops a signal that comes when the time is just up",
            "a_signal_that_comes_as_a_wait_ends_isnt_lost",
            Dropping::new),
        identifiers(
            "draws identities at random",
            "identities_are_uuids_of_version_seven",
            UUID::randomUUID),
        identifiers("counts backwards", "identities_grow_within_the_process", backwards()));
  }

  private static PersistenceFixture withMaxAge(UnaryOperator<Optional<Duration>> taken) {
    return new DecoratedPersistence(new InMemoryPersistenceFixture()) {
      @Override
      public StreamLedger ledger() {
        return new DecoratedLedger(inner.ledger()) {
          @Override
          public Reopened reopen(
              FencingToken holder, long after, Optional<Duration> maxAge, int limit) {
            return inner.reopen(holder, after, taken.apply(maxAge), limit);
          }
        };
      }
    };
  }

  private static final class ForgettingDeliveries extends DecoratedPersistence {
    private boolean forgotten;

    ForgettingDeliveries() {
      super(new InMemoryPersistenceFixture());
    }

    @Override
    public StreamLedger ledger() {
      return new DecoratedLedger(inner.ledger()) {
        @Override
        public Optional<Known> known() {
          return forgotten
              ? inner.known().map(known -> new Known(known.incarnation(), known.first(), 0))
              : inner.known();
        }

        @Override
        public Reopened reopen(
            FencingToken holder, long after, Optional<Duration> maxAge, int limit) {
          return inner.reopen(holder, after, maxAge, forgotten ? 0 : limit);
        }
      };
    }

    @Override
    public void restart() {
      inner.restart();
      forgotten = true;
    }
  }

  private static Mistake signal(String what, String rule, Supplier<CommitSignal> signal) {
    return new Mistake(
        what,
        Suites.OfSignal.class,
        rule,
        () ->
            new DecoratedPersistence(new InMemoryPersistenceFixture()) {
              private final CommitSignal broken = signal.get();

              @Override
              public CommitSignal signal() {
                return broken;
              }
            });
  }

  private static Supplier<UUID> backwards() {
    var next = new AtomicLong(1_000_000);
    return () -> new UUID(next.getAndDecrement() << 16 | 0x7000L, 0x8000_0000_0000_0000L);
  }

  private static Mistake identifiers(String what, String rule, Supplier<UUID> ids) {
    return new Mistake(what, Suites.OfIdentifiers.class, rule, () -> new Ids(ids));
  }

  private record Ids(Supplier<UUID> ids) implements Identifiers {
    @Override
    public UserId nextUserId() {
      return new UserId(ids.get());
    }

    @Override
    public EventId nextEventId() {
      return new EventId(ids.get());
    }
  }

  private static class Counting implements CommitSignal {
    final Semaphore raised = new Semaphore(0);

    @Override
    public void raise() {
      raised.release();
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      return raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static final class Dropping extends Counting {
    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      var signalled = super.await(atMost);
      raised.drainPermits();
      return signalled;
    }
  }
}
