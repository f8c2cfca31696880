package io.userservice.adapter.persistence.testserver;

import io.userservice.adapter.persistence.Persistence;
import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import io.userservice.application.testkit.PersistenceFixture;

/** The ports of a {@link Persistence}, which may be another one with each call. */
public abstract class PostgresPorts implements PersistenceFixture {
  /** The one whose ports these are now. */
  protected abstract Persistence persistence();

  @Override
  public final UserStore users() {
    return persistence().users();
  }

  @Override
  public final UserDirectory directory() {
    return persistence().directory();
  }

  @Override
  public final EventLog log() {
    return persistence().log();
  }

  @Override
  public final Outbox outbox() {
    return persistence().outbox();
  }

  @Override
  public final RecentCommits recent() {
    return persistence().recent();
  }

  @Override
  public final StreamLedger ledger() {
    return persistence().ledger();
  }

  @Override
  public final RelayLease lease() {
    return persistence().lease();
  }

  @Override
  public final CommitSignal signal() {
    return persistence().signal();
  }
}
