package io.userservice.adapter.persistence;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.domain.user.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets changes travel together: those that arrive while a batch is at the database go with the next
 * one, in one statement and one commit. Nobody waits for company: a change that comes alone goes at
 * once, on its own thread.
 *
 * <p>A batch that fails as a whole is taken apart, each of its changes to be made alone by the
 * thread that wants it: no request suffers for its neighbour. When the connection is lost, all of a
 * batch have an unknown outcome.
 */
final class WriteCombiner {
  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_WAITING = 4_096;

  /** How long a change waits for its turn before it is given up, unwritten. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean busy = new AtomicBoolean();

  /** One thread while there is work, none otherwise. */
  private final ThreadPoolExecutor lane =
      new ThreadPoolExecutor(
          0,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().name("commits").daemon().factory());

  WriteCombiner(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What became of a change. */
  enum Effect {
    WRITTEN,
    /** Its address is taken, or its user at another version. */
    NOT_WRITTEN,
    /** It isn't written, and is to be tried alone. */
    APART
  }

  /**
   * Makes the change, together with others or alone.
   *
   * @throws StoreUnavailable when too much is waiting, or the outcome is unknown
   */
  Effect commit(Commit commit) {
    var entry = new Entry(commit);
    if (!queue.offer(entry)) {
      throw new StoreUnavailable("%d changes are waiting already".formatted(MOST_WAITING));
    }
    if (busy.compareAndSet(false, true)) {
      runOnce();
    }
    return entry.await(PATIENCE);
  }

  /** The first one works on its own thread, once; what came meanwhile is the lane's. */
  private void runOnce() {
    var deferred = run(take(List.of()));
    if (!deferred.isEmpty() || !isReleased()) {
      lane.execute(() -> runAll(deferred));
    }
  }

  private void runAll(List<Entry> first) {
    var deferred = first;
    do {
      deferred = run(take(deferred));
    } while (!deferred.isEmpty() || !isReleased());
  }

  /** Lets another begin, unless there is more to do. */
  private boolean isReleased() {
    if (!queue.isEmpty()) {
      return false;
    }
    busy.set(false);
    // One that came in between found us busy, and nobody else will look after it.
    return queue.isEmpty() || !busy.compareAndSet(false, true);
  }

  private List<Entry> take(List<Entry> deferred) {
    var batch = new ArrayList<>(deferred);
    queue.drainTo(batch, MOST_AT_ONCE - batch.size());
    return batch;
  }

  /** Gives those that must wait for the next batch: a user is in a statement once. */
  private List<Entry> run(List<Entry> batch) {
    var deferred = new ArrayList<Entry>();
    var creates = new ArrayList<Entry>();
    var changes = new ArrayList<Entry>();
    var users = new HashSet<UUID>();
    for (var entry : batch) {
      if (!users.add(entry.user())) {
        deferred.add(entry);
      } else if (entry.begin()) {
        (entry.isCreate() ? creates : changes).add(entry);
      }
    }
    write(creates, BatchStatement::create);
    write(changes, BatchStatement::change);
    return deferred;
  }

  /** A statement for many. */
  private interface Statement {
    Set<UUID> execute(Connection connection, List<Commit> commits) throws SQLException;
  }

  private void write(List<Entry> entries, Statement many) {
    if (entries.isEmpty()) {
      return;
    }
    var statement = entries.size() == 1 ? (Statement) WriteCombiner::writeAlone : many;
    try (var connection = dataSource.getConnection()) {
      var written = statement.execute(connection, entries.stream().map(Entry::commit).toList());
      entries.forEach(
          entry -> entry.end(written.contains(entry.user()) ? Effect.WRITTEN : Effect.NOT_WRITTEN));
    } catch (SQLException failure) {
      if (SqlFailures.isOfTheConnection(failure)) {
        var unknown = SqlFailures.unavailable(failure);
        entries.forEach(entry -> entry.fail(unknown));
      } else {
        entries.forEach(entry -> entry.end(Effect.APART));
      }
    } catch (RuntimeException bug) { // or its waiting threads would never hear of it
      entries.forEach(entry -> entry.fail(bug));
    }
  }

  private static Set<UUID> writeAlone(Connection connection, List<Commit> commits)
      throws SQLException {
    var commit = commits.getFirst();
    return switch (CommitStatement.execute(connection, commit)) {
      case WRITTEN -> Set.of(commit.user().key().id().value());
      case NOT_WRITTEN, KEY_LOCKED -> Set.of();
    };
  }

  /** A change that waits; whoever claims it first, the lane or its own thread, has its way. */
  private static final class Entry {
    private final Commit commit;
    private final CompletableFuture<Effect> effect = new CompletableFuture<>();
    private final AtomicBoolean claimed = new AtomicBoolean();

    Entry(Commit commit) {
      this.commit = commit;
    }

    /** False when it was given up. */
    boolean begin() {
      return claimed.compareAndSet(false, true);
    }

    void end(Effect value) {
      effect.complete(value);
    }

    void fail(RuntimeException failure) {
      effect.completeExceptionally(failure);
    }

    /** What is under way is waited for; what isn't when the time is up will never be. */
    Effect await(Duration patience) {
      try {
        return effect.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        return giveUp("the change waited %d s for its turn".formatted(patience.toSeconds()));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return giveUp("interrupted");
      } catch (ExecutionException failure) {
        throw failure(failure.getCause());
      }
    }

    private Effect giveUp(String reason) {
      if (begin()) {
        throw new StoreUnavailable(reason + ", it isn't made");
      }
      try {
        return effect.join();
      } catch (CompletionException failure) {
        throw failure(failure.getCause());
      }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
      return cause instanceof StoreUnavailable away
          ? new StoreUnavailable(String.valueOf(away.getMessage()), away)
          : new IllegalStateException("a batch of changes failed", cause);
    }

    Commit commit() {
      return commit;
    }

    UUID user() {
      return commit.user().key().id().value();
    }

    boolean isCreate() {
      return commit.user().version().equals(Version.FIRST);
    }
  }
}
