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
import java.time.InstantSource;

/**
 * The persistence ports over one store in memory, with the constraints of the real one: a unique
 * e-mail address among the living, the version check, all or nothing. One lock, so safe for any
 * number of threads.
 */
public final class InMemoryPersistence {
  /** How long a lease lasts when nothing else is said. */
  public static final Duration LEASE = Duration.ofSeconds(4);

  private final InMemoryState state = new InMemoryState();
  private final InMemoryCommitSignal signal = new InMemoryCommitSignal();
  private final InMemoryRecentCommits recent = new InMemoryRecentCommits();
  private final InstantSource clock;
  private final Duration leaseDuration;

  public InMemoryPersistence() {
    this(InstantSource.system(), LEASE);
  }

  public InMemoryPersistence(InstantSource clock, Duration leaseDuration) {
    this.clock = clock;
    this.leaseDuration = leaseDuration;
  }

  public UserStore users() {
    return new InMemoryUserStore(state, recent, signal, clock);
  }

  public UserDirectory directory() {
    return new InMemoryUserDirectory(state);
  }

  public EventLog log() {
    return new InMemoryEventLog(state);
  }

  public Outbox outbox() {
    return new InMemoryOutbox(state, clock);
  }

  public RecentCommits recent() {
    return recent;
  }

  public StreamLedger ledger() {
    return new InMemoryStreamLedger(state, clock);
  }

  /** The lease as seen by one more instance of the service. */
  public RelayLease lease() {
    return new InMemoryRelayLease(state, clock, leaseDuration);
  }

  public CommitSignal signal() {
    return signal;
  }

  /** Whether the store answers; while it doesn't, every port throws. */
  public void available(boolean available) {
    state.available(available);
  }

  /** As after a restart: what was committed is there, what only this process knew is not. */
  public void restart() {
    signal.forget();
    recent.restart();
    recent.doubt();
  }
}
