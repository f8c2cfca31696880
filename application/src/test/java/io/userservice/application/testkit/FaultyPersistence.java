package io.userservice.application.testkit;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
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
import java.util.List;
import java.util.Optional;

/**
 * The persistence ports with faults, as a {@link FaultPlan} has it: store, directory, log, and of
 * the outbox what the relay asks. Works over any adapter.
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
    return new DecoratedOutbox(inner.outbox()) {
      @Override
      public List<Pending> next(int limit) {
        return plan.call(() -> inner.next(limit));
      }

      @Override
      public void delivered(List<Delivery> deliveries) {
        plan.run(() -> inner.delivered(deliveries));
      }

      @Override
      public void quarantine(Pending event, String reason) {
        plan.run(() -> inner.quarantine(event, reason));
      }
    };
  }
}
