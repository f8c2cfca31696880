package io.userservice.application.testkit;

import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The in-memory adapters, as the contracts want them. */
public final class InMemoryPersistenceFixture implements PersistenceFixture {
  private static final Duration LEASE = Duration.ofMillis(300);

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final InMemoryPersistence persistence = new InMemoryPersistence(this::now, LEASE);

  private Instant now() {
    return InstantSource.system().instant().plus(ahead.get());
  }

  @Override
  public UserStore users() {
    return persistence.users();
  }

  @Override
  public UserDirectory directory() {
    return persistence.directory();
  }

  @Override
  public EventLog log() {
    return persistence.log();
  }

  @Override
  public Outbox outbox() {
    return persistence.outbox();
  }

  @Override
  public RecentCommits recent() {
    return persistence.recent();
  }

  @Override
  public StreamLedger ledger() {
    return persistence.ledger();
  }

  @Override
  public RelayLease lease() {
    return persistence.lease();
  }

  @Override
  public Duration leaseDuration() {
    return LEASE;
  }

  @Override
  public CommitSignal signal() {
    return persistence.signal();
  }

  @Override
  public void restart() {
    persistence.restart();
  }

  @Override
  public void ageKeys(Duration time) {
    ahead.updateAndGet(time::plus);
  }

  @Override
  public void cutOff() {
    persistence.available(false);
  }

  @Override
  public void close() {}
}
