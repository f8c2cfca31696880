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
    return state.locked(() -> grant(isFree()));
  }

  @Override
  public Optional<Lease> tryTakeOver() {
    return state.locked(() -> grant(isFree() || isOffered()));
  }

  private Optional<Lease> grant(boolean free) {
    if (!free && !isOwn()) {
      return Optional.empty();
    }
    keep(false);
    return Optional.of(new Own(new FencingToken(++state.token)));
  }

  private boolean isOffered() {
    return state.lease.filter(Held::offered).isPresent();
  }

  /** Also when it would last longer than any is given for: the clock was set back. */
  private boolean isFree() {
    var now = clock.instant();
    return state
        .lease
        .map(Held::expiresAt)
        .filter(end -> now.isBefore(end) && !end.isAfter(now.plus(duration.multipliedBy(2))))
        .isEmpty();
  }

  private boolean isOwn() {
    return state.lease.filter(held -> held.holder() == this).isPresent();
  }

  private void keep(boolean offered) {
    state.lease = Optional.of(new Held(this, clock.instant().plus(duration), offered));
  }

  private boolean isFresh() {
    return state.lease.filter(held -> clock.instant().isBefore(held.expiresAt())).isPresent();
  }

  private final class Own implements Lease {
    private final FencingToken token;

    Own(FencingToken token) {
      this.token = token;
    }

    @Override
    public FencingToken token() {
      return token;
    }

    private boolean isThis() {
      return isOwn() && token.value() == state.token;
    }

    private boolean extend(boolean offered) {
      var mine = isThis();
      if (mine) {
        keep(offered);
      }
      return mine;
    }

    @Override
    public boolean isHeld() {
      return state.locked(() -> isThis() && isFresh() && !isOffered());
    }

    @Override
    public boolean renew() {
      return state.locked(() -> extend(false));
    }

    @Override
    public boolean offer() {
      return state.locked(() -> extend(true));
    }

    @Override
    public void release() {
      state.locked(
          () -> {
            if (isThis()) {
              state.lease = Optional.empty();
            }
            return state;
          });
    }
  }
}
