package io.userservice.adapter.http.auth;

import com.auth0.jwt.algorithms.Algorithm;
import io.userservice.adapter.http.problem.Unavailable;
import io.userservice.adapter.http.problem.Unavailable.Reason;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK set by {@code kid}. Fetched when first needed, when an unknown {@code kid}
 * turns up, and when they are old; what was fetched is kept while the endpoint doesn't answer.
 *
 * <p>Anyone can send a token with an invented {@code kid}, so fetches that bring nothing new are
 * rationed: a few at once, then one per {@link #COOL_DOWN}. Fetches that found what was asked for
 * cost nothing, so however often keys are rotated no good token is refused, unless somebody invents
 * some at that moment; then it is for {@link #COOL_DOWN} at most.
 */
final class JwksKeys implements VerificationKeys {
  static final Duration COOL_DOWN = Duration.ofSeconds(5);
  static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final int FRUITLESS_AT_ONCE = 3;

  /** Most that wait for a fetch; requests with known keys are to have room beside them. */
  static final int MOST_WAITING = 256;

  private final JwksEndpoint endpoint;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private volatile KeySet keys = new KeySet(Map.of(), Map.of(), 0, Instant.MIN);

  // Both guarded by the lock.
  private int allowance = FRUITLESS_AT_ONCE;
  private Instant allowanceAt;

  JwksKeys(URI url, InstantSource clock) {
    this.endpoint = new JwksEndpoint(url);
    this.clock = clock;
    this.allowanceAt = clock.instant();
  }

  private record KeySet(
      Map<String, PublicKey> keys,
      Map<String, Algorithm> byKid,
      long generation,
      Instant fetchedAt) {
    /** Also when it is of a future that a clock was set back from. */
    boolean isOld(Instant now) {
      return fetchedAt.isBefore(now.minus(MAX_AGE)) || fetchedAt.isAfter(now);
    }
  }

  @Override
  public Optional<Algorithm> find(@Nullable String kid) {
    if (kid == null) {
      return Optional.empty();
    }
    var seen = keys;
    var found = seen.byKid().get(kid);
    if (found != null) {
      return Optional.of(found);
    }
    if (!waiting.tryAcquire()) {
      throw new Unavailable(Reason.KEYS, "too many wait for the keys of tokens already");
    }
    try {
      fetch(seen, kid);
    } finally {
      waiting.release();
    }
    if (keys.generation() == 0) {
      throw new Unavailable(Reason.KEYS, "no keys from the JWKS endpoint yet");
    }
    return Optional.ofNullable(keys.byKid().get(kid));
  }

  @Override
  public long generation() {
    var seen = keys;
    if (seen.generation() > 0 && seen.isOld(clock.instant()) && !fetching.isLocked()) {
      // In the background: known keys stay good while the endpoint is asked.
      Thread.ofVirtual().name("jwks-refresh").start(this::refresh);
    }
    return seen.generation();
  }

  @Override
  public void close() {
    endpoint.close();
  }

  /** One thread fetches; the others wait for it and find its result. */
  private void fetch(KeySet seen, String kid) {
    fetching.lock();
    try {
      if (keys == seen && mayFetch()) {
        endpoint.fetch().ifPresent(this::replace);
        if (!keys.byKid().containsKey(kid)) {
          allowance--;
        }
      }
    } finally {
      fetching.unlock();
    }
  }

  private void refresh() {
    if (fetching.tryLock()) {
      try {
        if (keys.isOld(clock.instant())) {
          // An endpoint that doesn't answer is asked again after another such time.
          endpoint.fetch().ifPresentOrElse(this::replace, () -> replace(keys.keys()));
        }
      } finally {
        fetching.unlock();
      }
    }
  }

  private boolean mayFetch() {
    var now = clock.instant();
    if (now.isBefore(allowanceAt)) { // it was set back
      allowanceAt = now;
    }
    while (allowance < FRUITLESS_AT_ONCE && !now.isBefore(allowanceAt.plus(COOL_DOWN))) {
      allowance++;
      allowanceAt = allowanceAt.plus(COOL_DOWN);
    }
    if (allowance == FRUITLESS_AT_ONCE) {
      allowanceAt = now;
    }
    return allowance > 0;
  }

  private void replace(Map<String, PublicKey> fetched) {
    var before = keys;
    if (before.generation() > 0 && before.keys().equals(fetched)) {
      keys = new KeySet(fetched, before.byKid(), before.generation(), clock.instant());
      return;
    }
    var byKid = new HashMap<String, Algorithm>();
    fetched.forEach((kid, key) -> byKid.put(kid, PublicKeys.algorithm(key)));
    keys = new KeySet(fetched, byKid, before.generation() + 1, clock.instant());
  }
}
