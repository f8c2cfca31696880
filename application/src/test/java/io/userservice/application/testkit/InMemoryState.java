package io.userservice.application.testkit;

import io.userservice.application.driven.EventLog.Published;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What the database would hold. To be touched within {@link #locked} only. */
final class InMemoryState {
  final Map<UserId, User> users = new HashMap<>();
  final List<RecordedEvent> log = new ArrayList<>();
  final TreeMap<Long, Pending> outbox = new TreeMap<>();
  final Map<Long, String> quarantine = new HashMap<>();
  final List<Published> feed = new ArrayList<>();
  final TreeMap<Long, Delivered> delivered = new TreeMap<>();
  Optional<StreamState> stream = Optional.empty();
  final Map<ClaimedKey, Claim> claims = new HashMap<>();
  Optional<Held> lease = Optional.empty();

  /** How often the lease was had. */
  long token;

  private final ReentrantLock lock = new ReentrantLock();
  private boolean available = true;

  record Delivered(Pending event, Instant at) {}

  record ClaimedKey(TenantId tenant, String key) {}

  record Claim(String fingerprint, ActiveUser user, Instant expiresAt) {}

  record Held(Object holder, Instant expiresAt, boolean offered) {}

  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      if (!available) {
        throw new StoreUnavailable("the store in memory was told not to answer");
      }
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Work that only the holder of the lease may do. */
  <T> T fenced(FencingToken holder, Supplier<T> work) {
    return locked(
        () -> {
          if (holder.value() != token) {
            throw new LeaseGone();
          }
          return work.get();
        });
  }

  void available(boolean value) {
    lock.lock();
    try {
      available = value;
    } finally {
      lock.unlock();
    }
  }
}
