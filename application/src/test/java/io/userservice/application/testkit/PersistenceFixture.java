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

/**
 * The persistence ports of an adapter over one store, empty at first. All of them, because the
 * promise is between them: what was committed is in the log and in the outbox, what was refused is
 * in neither.
 */
public interface PersistenceFixture extends AutoCloseable {
  UserStore users();

  UserDirectory directory();

  EventLog log();

  Outbox outbox();

  RecentCommits recent();

  StreamLedger ledger();

  /** The lease as seen by one more instance of the service, with each call another. */
  RelayLease lease();

  /** How long the fixture's leases last; short, for a contract waits for their end. */
  Duration leaseDuration();

  CommitSignal signal();

  /** Forgets whatever isn't durable, as a crash of the service does; the ports work on. */
  void restart();

  /** Makes all idempotency keys older, as time does; other things may get older with them. */
  void ageKeys(Duration time);

  /** From now on nobody reaches the store, neither by ports that are had already nor by others. */
  void cutOff();

  @Override
  void close();
}
