package io.userservice.application.testkit;

import io.userservice.application.driven.RelayLease;
import io.userservice.application.testkit.InMemoryState.Held;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The lease in memory, as seen by one instance. */
final class InMemoryRelayLease implements RelayLease {
  private final InMemoryState state;
  private final InstantSource clock;
  private final Duration duration;

  InMemoryRelayLease(InMemoryState state, InstantSource clock, Duration duration) {
    this.state = state;
    this.clock = clock;
    this.duration = duration;
  }

  @Override
  public Optional<Lease> tryAcquire() {
    return state.locked(() -> lease(take(isFree(), false)));
  }

  @Override
  public Optional<Lease> tryTakeOver() {
    return state.locked(() -> lease(take(isFree() || isOffered(), false)));
  }

  private Optional<Lease> lease(boolean taken) {
    return taken ? Optional.of(new Own()) : Optional.empty();
  }

  private boolean isOffered() {
    return state.lease.filter(Held::offered).isPresent();
  }

  private boolean isFree() {
    return state.lease.map(held -> !clock.instant().isBefore(held.expiresAt())).orElse(true);
  }

  private boolean isOwn() {
    return state.lease.filter(held -> held.holder() == this).isPresent();
  }

  private boolean take(boolean free, boolean offered) {
    var can = free || isOwn();
    if (can) {
      state.lease = Optional.of(new Held(this, clock.instant().plus(duration), offered));
    }
    return can;
  }

  private boolean isFresh() {
    return state.lease.filter(held -> clock.instant().isBefore(held.expiresAt())).isPresent();
  }

  private final class Own implements Lease {
    @Override
    public boolean isHeld() {
      return state.locked(() -> isOwn() && isFresh() && !isOffered());
    }

    @Override
    public boolean renew() {
      return state.locked(() -> take(false, false));
    }

    @Override
    public boolean offer() {
      return state.locked(() -> take(false, true));
    }

    @Override
    public void release() {
      state.locked(
          () -> {
            if (isOwn()) {
              state.lease = Optional.empty();
            }
            return state;
          });
    }
  }
}
