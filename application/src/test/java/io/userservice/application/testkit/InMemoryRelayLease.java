package io.userservice.application.testkit;

import io.userservice.application.driven.RelayLease;
import io.userservice.application.testkit.InMemoryState.Held;
import java.time.Duration;
import java.time.Instant;
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

  /** What its holder knows: nobody is asked whether it is held. */
  private final class Own implements Lease {
    private final FencingToken token;
    private volatile Instant since = clock.instant();
    private volatile boolean isHeld = true;

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
        since = clock.instant();
        keep(offered);
      }
      return mine;
    }

    /** Not by a clock that was set back, either: another may have it since. */
    @Override
    public boolean isHeld() {
      var lasted = Duration.between(since, clock.instant());
      return isHeld && !lasted.isNegative() && lasted.compareTo(duration) < 0;
    }

    @Override
    public boolean renew() {
      isHeld = state.locked(() -> extend(false));
      return isHeld;
    }

    @Override
    public boolean offer() {
      isHeld = false; // before others can know
      return state.locked(() -> extend(true));
    }

    @Override
    public void release() {
      isHeld = false;
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
