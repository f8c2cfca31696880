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

/** A fixture that is as another one, but for what a subclass overrides. */
public class DecoratedPersistence implements PersistenceFixture {
  protected final PersistenceFixture inner;

  public DecoratedPersistence(PersistenceFixture inner) {
    this.inner = inner;
  }

  /** The one that is decorated. */
  public final PersistenceFixture inner() {
    return inner;
  }

  @Override
  public UserStore users() {
    return inner.users();
  }

  @Override
  public UserDirectory directory() {
    return inner.directory();
  }

  @Override
  public EventLog log() {
    return inner.log();
  }

  @Override
  public Outbox outbox() {
    return inner.outbox();
  }

  @Override
  public RecentCommits recent() {
    return inner.recent();
  }

  @Override
  public StreamLedger ledger() {
    return inner.ledger();
  }

  @Override
  public RelayLease lease() {
    return inner.lease();
  }

  @Override
  public Duration leaseDuration() {
    return inner.leaseDuration();
  }

  @Override
  public CommitSignal signal() {
    return inner.signal();
  }

  @Override
  public void restart() {
    inner.restart();
  }

  @Override
  public void ageKeys(Duration time) {
    inner.ageKeys(time);
  }

  @Override
  public void cutOff() {
    inner.cutOff();
  }

  @Override
  public void close() {
    inner.close();
  }
}
