package io.userservice.application.example;

import static io.userservice.application.example.H2Database.execute;
import static io.userservice.application.example.H2Database.query;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The store on H2, with as much of log and outbox as its contract looks at: what was committed is
 * there, what was refused is not. The other ports are those in memory.
 */
final class H2Fixture extends DecoratedPersistence {
  private static final String PENDING = "select * from events where pending order by seq limit ?";
  private static final String HISTORY =
      """
      select * from events where user_id = ? and tenant = ? and version < ?
      order by version desc limit ?
      """;

  private static final String AGE =
      "update keys set expires_at = dateadd('second', -?, expires_at)";

  private final Path folder = newFolder();
  private H2Database database = new H2Database(folder);
  private boolean isCutOff;

  H2Fixture() {
    super(new InMemoryPersistenceFixture());
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("h2");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        return database.run(connection -> query(connection, PENDING, H2Fixture::pending, limit));
      }
    };
  }

  private static Outbox.Pending pending(ResultSet row) throws SQLException {
    return new Outbox.Pending(row.getLong("seq"), H2Rows.event(row));
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
    var bound = before.map(Version::value).orElse(Long.MAX_VALUE);
    var id = user.id().value();
    var tenant = user.tenant().value();
    return database.run(
        connection -> query(connection, HISTORY, H2Rows::event, id, tenant, bound, limit));
  }

  @Override
  public void restart() {
    database.end("shutdown immediately");
    database = new H2Database(folder);
  }

  @Override
  public void ageKeys(Duration time) {
    var seconds = time.toSeconds();
    database.run(connection -> execute(connection, AGE, seconds));
  }

  @Override
  public void cutOff() {
    inner.cutOff();
    database.end("shutdown");
    database = H2Database.outOfReach();
    isCutOff = true;
  }

  @Override
  public void close() {
    if (!isCutOff) {
      database.end("shutdown");
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
