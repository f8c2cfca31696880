package io.userservice.application.mistakes;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.testkit.DecoratedLease;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.DecoratedRelayLease;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What adapters get wrong about who publishes: the lease itself, and writing under it. */
final class LeaseMistakes {
  private LeaseMistakes() {}

  static List<Mistake> all() {
    return List.of(
        lease(
            "gives the lease to everyone",
            "of_several_that_try_one_gets_it",
            inner ->
                new DecoratedRelayLease(inner) {
                  @Override
                  public Optional<Lease> tryAcquire() {
                    return Optional.of(inner.tryAcquire().orElseGet(Forever::new));
                  }
                }),
        lease(
            "lets anyone take over what isn't offered",
            "a_lease_that_isnt_offered_any_more_or_never_was_isnt_taken_over",
            inner ->
                new DecoratedRelayLease(inner) {
                  @Override
                  public Optional<Lease> tryTakeOver() {
                    return Optional.of(inner.tryTakeOver().orElseGet(Forever::new));
                  }
                }),
        lease(
            "knows no offers",
            "an_offered_lease_stays_where_it_is_until_another_takes_it_over",
            inner ->
                new DecoratedRelayLease(inner) {
                  @Override
                  public Optional<Lease> tryTakeOver() {
                    return inner.tryAcquire();
                  }
                }),
        lease(
            "gives each holder the same token",
            "each_time_that_it_is_had_its_token_is_greater_also_after_a_restart",
            inner ->
                new DecoratedRelayLease(inner) {
                  @Override
                  protected Optional<Lease> decorated(Optional<Lease> granted) {
                    return granted.map(lease -> new Shown(lease, new FencingToken(1)));
                  }
                }),
        lease(
            "believes in a lease that is over",
            "a_lease_that_is_held_is_nobody_elses",
            inner ->
                new DecoratedRelayLease(inner) {
                  @Override
                  public Optional<Lease> tryAcquire() {
                    return inner.tryAcquire().map(_ -> new Forever());
                  }
                }),
        lease(
            "keeps an offer when its holder acquires it again",
            "a_lease_that_is_had_anew_isnt_offered_whoever_had_offered_it",
            inner ->
                new DecoratedRelayLease(inner) {
                  private boolean hadBefore;

                  @Override
                  protected Optional<Lease> decorated(Optional<Lease> granted) {
                    if (hadBefore) {
                      granted.ifPresent(Lease::offer);
                    }
                    hadBefore |= granted.isPresent();
                    return granted;
                  }
                }),
        new Mistake(
            "counts its grants in memory",
            Suites.OfLease.class,
            "each_time_that_it_is_had_its_token_is_greater_also_after_a_restart",
            ForgettingGrants::new),
        outbox(
            "marks for anyone",
            (inner, last) ->
                new DecoratedOutbox(inner) {
                  @Override
                  public void delivered(FencingToken holder, List<Delivery> deliveries) {
                    inner.delivered(last.get(), deliveries);
                  }
                }),
        outbox(
            "says nothing to who has lost the lease",
            (inner, _) ->
                new DecoratedOutbox(inner) {
                  @Override
                  public void delivered(FencingToken holder, List<Delivery> deliveries) {
                    try {
                      inner.delivered(holder, deliveries);
                    } catch (LeaseGone _) {
                      // the mistake
                    }
                  }
                }),
        outbox(
            "sets aside for anyone",
            (inner, last) ->
                new DecoratedOutbox(inner) {
                  @Override
                  public void quarantine(FencingToken holder, Pending event, String reason) {
                    inner.quarantine(last.get(), event, reason);
                  }
                }),
        ledger(
            "observes for anyone",
            (inner, last) ->
                new DecoratedLedger(inner) {
                  @Override
                  public void observe(FencingToken holder, StreamState state) {
                    inner.observe(last.get(), state);
                  }
                }),
        ledger(
            "reopens for anyone",
            (inner, last) ->
                new DecoratedLedger(inner) {
                  @Override
                  public Reopened reopen(
                      FencingToken holder, long after, Optional<Duration> maxAge, int limit) {
                    return inner.reopen(last.get(), after, maxAge, limit);
                  }
                }));
  }

  private static Mistake lease(
      String what, String rule, Function<RelayLease, RelayLease> mistaken) {
    return new Mistake(
        what,
        Suites.OfLease.class,
        rule,
        () ->
            new DecoratedPersistence(new InMemoryPersistenceFixture()) {
              @Override
              public RelayLease lease() {
                return mistaken.apply(inner.lease());
              }
            });
  }

  /** Makes a mistaken port of a right one, given the token of the last grant. */
  private interface Unfenced<P> {
    P of(P inner, Supplier<FencingToken> last);
  }

  private static Mistake outbox(String what, Unfenced<Outbox> mistaken) {
    return new Mistake(
        what,
        Suites.OfOutbox.class,
        "who_has_lost_the_lease_marks_nothing_and_sets_nothing_aside",
        () ->
            new RememberingGrants() {
              @Override
              public Outbox outbox() {
                return mistaken.of(inner.outbox(), this::last);
              }
            });
  }

  private static Mistake ledger(String what, Unfenced<StreamLedger> mistaken) {
    return new Mistake(
        what,
        Suites.OfLedger.class,
        "who_has_lost_the_lease_observes_nothing_and_reopens_nothing",
        () ->
            new RememberingGrants() {
              @Override
              public StreamLedger ledger() {
                return mistaken.of(inner.ledger(), this::last);
              }
            });
  }

  private static class RememberingGrants extends DecoratedPersistence {
    private FencingToken last = new FencingToken(0);

    RememberingGrants() {
      super(new InMemoryPersistenceFixture());
    }

    final FencingToken last() {
      return last;
    }

    @Override
    public RelayLease lease() {
      return new DecoratedRelayLease(inner.lease()) {
        @Override
        protected Optional<Lease> decorated(Optional<Lease> granted) {
          granted.ifPresent(lease -> last = lease.token());
          return granted;
        }
      };
    }
  }

  private static final class ForgettingGrants extends DecoratedPersistence {
    private long grants;

    ForgettingGrants() {
      super(new InMemoryPersistenceFixture());
    }

    @Override
    public RelayLease lease() {
      return new DecoratedRelayLease(inner.lease()) {
        @Override
        protected Optional<Lease> decorated(Optional<Lease> granted) {
          return granted.map(lease -> new Shown(lease, new FencingToken(++grants)));
        }
      };
    }

    @Override
    public void restart() {
      inner.restart();
      grants = 0;
    }
  }

  private static final class Shown extends DecoratedLease {
    private final FencingToken token;

    Shown(RelayLease.Lease lease, FencingToken token) {
      super(lease);
      this.token = token;
    }

    @Override
    public FencingToken token() {
      return token;
    }
  }

  private static final class Forever implements RelayLease.Lease {
    @Override
    public FencingToken token() {
      return new FencingToken(1);
    }

    @Override
    public boolean renew() {
      return true;
    }

    @Override
    public boolean offer() {
      return true;
    }

    @Override
    public boolean isHeld() {
      return true;
    }

    @Override
    public void release() {
      // nobody else could have it anyway
    }
  }
}
