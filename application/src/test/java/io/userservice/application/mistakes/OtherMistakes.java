package io.userservice.application.mistakes;

import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.Identifiers;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driving.EventId;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What adapters of the smaller ports get wrong. */
final class OtherMistakes {
  private OtherMistakes() {}

  static List<Mistake> all() {
    return List.of(
        new Mistake(
            "reopens what the stream would have dropped by now",
            Suites.OfLedger.class,
            "what_happened_too_early_is_forgotten_and_not_reopened",
            () ->
                new DecoratedPersistence(new InMemoryPersistenceFixture()) {
                  @Override
                  public StreamLedger ledger() {
                    return new DecoratedLedger(inner.ledger()) {
                      @Override
                      public Reopened reopen(
                          FencingToken holder, long after, Instant notBefore, int limit) {
                        return inner.reopen(holder, after, Instant.EPOCH, limit);
                      }
                    };
                  }
                }),
        new Mistake(
            "counts each signal",
            Suites.OfSignal.class,
            "several_signals_count_as_one",
            () ->
                new DecoratedPersistence(new InMemoryPersistenceFixture()) {
                  private final CommitSignal counting = new Counting();

                  @Override
                  public CommitSignal signal() {
                    return counting;
                  }
                }),
        identifiers(
            "draws identities at random",
            "identities_are_uuids_of_version_seven",
            UUID::randomUUID),
        identifiers("counts backwards", "identities_grow_within_the_process", backwards()));
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

  private static final class Counting implements CommitSignal {
    private final Semaphore raised = new Semaphore(0);

    @Override
    public void raise() {
      raised.release();
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      return raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
