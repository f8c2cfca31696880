package io.userservice.application.example;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.NoRecentCommits;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The store on H2, with as much of log and outbox as its contract looks at: what was committed is
 * there, what was refused is not. The other ports are those in memory.
 */
final class H2Fixture extends DecoratedPersistence {
  private final H2Database database = new H2Database();

  H2Fixture() {
    super(new InMemoryPersistenceFixture());
  }

  @Override
  public UserStore users() {
    return new H2UserStore(database);
  }

  @Override
  public Outbox outbox() {
    return new DecoratedOutbox(inner.outbox()) {
      @Override
      public List<Pending> next(int limit) {
        return database.run(
            connection -> {
              var query = "select * from events where pending order by seq limit ?";
              try (var statement = H2UserStore.bound(connection, query, limit);
                  var row = statement.executeQuery()) {
                var pending = new ArrayList<Pending>();
                while (row.next()) {
                  pending.add(new Pending(row.getLong("seq"), H2Rows.event(row)));
                }
                return pending;
              }
            });
      }
    };
  }

  @Override
  public RecentCommits recent() {
    return new NoRecentCommits();
  }

  @Override
  public EventLog log() {
    var others = inner.log();
    return new EventLog() {
      @Override
      public List<RecordedEvent> history(UserKey user, Optional<Version> before, int limit) {
        return historyOf(user, before, limit);
      }

      @Override
      public List<Published> after(TenantId tenant, Position after, int limit) {
        return others.after(tenant, after, limit);
      }

      @Override
      public List<Logged> select(Selection selection, long after, int limit) {
        return others.select(selection, after, limit);
      }
    };
  }

  private List<RecordedEvent> historyOf(UserKey user, Optional<Version> before, int limit) {
    return database.run(
        connection -> {
          var query =
              """
              select * from events where user_id = ? and tenant = ? and version < ?
              order by version desc limit ?
              """;
          var bound = before.map(Version::value).orElse(Long.MAX_VALUE);
          try (var statement =
                  H2UserStore.bound(
                      connection, query, user.id().value(), user.tenant().value(), bound, limit);
              var row = statement.executeQuery()) {
            var events = new ArrayList<RecordedEvent>();
            while (row.next()) {
              events.add(H2Rows.event(row));
            }
            return events;
          }
        });
  }

  @Override
  public void restart() {
    database.crash();
  }

  @Override
  public void close() {
    database.close();
  }
}
