package io.userservice.application.testkit;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.RelayLease.Lease;
import io.userservice.application.driven.StreamLedger;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The persistence ports with faults, as a {@link FaultPlan} has it: all that ask the store. Works
 * over any adapter.
 */
public final class FaultyPersistence extends DecoratedPersistence {
  private final FaultPlan plan;

  public FaultyPersistence(PersistenceFixture inner, FaultPlan plan) {
    super(inner);
    this.plan = plan;
  }

  @Override
  public UserStore users() {
    var users = inner.users();
    return new UserStore() {
      @Override
      public Optional<User> find(UserKey key) {
        return plan.call(() -> users.find(key));
      }

      @Override
      public Outcome commit(Commit commit) {
        return plan.call(() -> users.commit(commit));
      }
    };
  }

  @Override
  public UserDirectory directory() {
    var directory = inner.directory();
    return new UserDirectory() {
      @Override
      public Page<User, Keyset> list(TenantId tenant, UserQuery query) {
        return plan.call(() -> directory.list(tenant, query));
      }
    };
  }

  @Override
  public EventLog log() {
    var log = inner.log();
    return new EventLog() {
      @Override
      public List<RecordedEvent> history(UserKey user, Optional<Version> before, int limit) {
        return plan.call(() -> log.history(user, before, limit));
      }

      @Override
      public List<Published> after(TenantId tenant, Position after, int limit) {
        return plan.call(() -> log.after(tenant, after, limit));
      }

      @Override
      public List<Logged> select(Selection selection, long after, int limit) {
        return plan.call(() -> log.select(selection, after, limit));
      }
    };
  }

  @Override
  public Outbox outbox() {
    return new FaultyOutbox(inner.outbox(), plan);
  }

  @Override
  public StreamLedger ledger() {
    var ledger = inner.ledger();
    return new StreamLedger() {
      @Override
      public Optional<Known> known() {
        return plan.call(ledger::known);
      }

      @Override
      public void observe(FencingToken holder, StreamState state) {
        plan.run(() -> ledger.observe(holder, state));
      }

      @Override
      public Reopened reopen(
          FencingToken holder, long after, Optional<Duration> maxAge, int limit) {
        return plan.call(() -> ledger.reopen(holder, after, maxAge, limit));
      }
    };
  }

  @Override
  public RelayLease lease() {
    var lease = inner.lease();
    return new RelayLease() {
      @Override
      public Optional<Lease> tryAcquire() {
        return plan.call(lease::tryAcquire).map(FaultyLease::new);
      }

      @Override
      public Optional<Lease> tryTakeOver() {
        return plan.call(lease::tryTakeOver).map(FaultyLease::new);
      }
    };
  }

  /** A lease that is asked of the store; whether it lasts is known without asking. */
  private final class FaultyLease extends DecoratedLease {
    FaultyLease(Lease lease) {
      super(lease);
    }

    @Override
    public boolean renew() {
      return plan.call(inner::renew);
    }

    @Override
    public boolean offer() {
      return plan.call(inner::offer);
    }

    @Override
    public void release() {
      plan.run(inner::release);
    }
  }
}
