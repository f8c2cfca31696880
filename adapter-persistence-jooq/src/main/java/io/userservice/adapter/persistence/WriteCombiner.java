package io.userservice.adapter.persistence;

import io.userservice.adapter.persistence.Effect.Apart;
import io.userservice.adapter.persistence.Effect.NotWritten;
import io.userservice.adapter.persistence.Effect.Written;
import io.userservice.adapter.persistence.SqlFailures.ConnectedWork;
import io.userservice.application.driven.Commit;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Changes that travel together, in one statement and one commit.
 *
 * <p>A batch that fails as a whole is taken apart, each of its changes to be made alone by the
 * thread that wants it: no request suffers for its neighbour. So does one that has to wait for a
 * row that somebody has locked, an operator say. When the connection is lost, all of a batch have
 * an unknown outcome.
 */
final class WriteCombiner {
  /**
   * How many wait for what others have locked. Each has a connection, and others need some too: who
   * comes later waits without.
   */
  private static final int MOST_PATIENT = 4;

  private final DataSource dataSource;
  private final RecentQueue recent;
  private final Runnable committed;
  private final Semaphore patience = new Semaphore(MOST_PATIENT, true);
  private final Lane<Commit, Effect> lane = new Lane<>("commits", this::write);

  /**
   * @param committed called when something was, be it one change or many
   */
  WriteCombiner(DataSource dataSource, RecentQueue recent, Runnable committed) {
    this.dataSource = dataSource;
    this.recent = recent;
    this.committed = committed;
  }

  /**
   * Makes the change, together with others or, when these stand in its way, alone.
   *
   * @throws StoreUnavailable when too much is waiting, or the outcome is unknown
   * @throws SQLException what the database says of this change
   */
  Effect commit(Commit commit) throws SQLException {
    var effect = lane.ask(commit);
    return effect instanceof Apart ? alone(commit) : effect;
  }

  /** Who was only the neighbour of one that has to wait is done at once. */
  private Effect alone(Commit commit) throws SQLException {
    try {
      return single(commit, CommitStatement::hurry);
    } catch (SQLException failure) {
      if (!SqlFailures.isLocked(failure) || !isMyTurn()) {
        throw failure;
      }
    }
    try {
      return single(commit, CommitStatement::execute);
    } finally {
      patience.release();
    }
  }

  private boolean isMyTurn() {
    try {
      return patience.tryAcquire(Lane.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A user and a key are in a statement once; who comes second waits for the next batch, and so
   * does who comes when there is much to be written already.
   */
  private List<Call<Commit, Effect>> write(List<Call<Commit, Effect>> batch) {
    var deferred = new ArrayList<Call<Commit, Effect>>();
    var ready = new ArrayList<Call<Commit, Effect>>();
    var seen = new HashSet<Object>();
    var characters = 0;
    for (var call : batch) {
      if (!seen.add(id(call))
          || !key(call).map(seen::add).orElse(true)
          || characters >= Outbox.LARGE) {
        deferred.add(call);
      } else if (call.begin()) {
        ready.add(call);
        characters += size(call.question());
      }
    }
    if (!ready.isEmpty()) {
      var judged = writeReady(ready);
      deferred.removeIf(call -> judged.contains(version(call)) && isLost(call));
    }
    return deferred;
  }

  /**
   * Which versions of users were made, or found not to be the next ones: whoever waits with the
   * same has lost. Of hundreds each would need a batch of his own to learn that.
   */
  private Set<UserVersion> writeReady(List<Call<Commit, Effect>> calls) {
    try {
      var effects = together(calls.stream().map(Call::question).toList()).iterator();
      calls.forEach(call -> call.end(effects.next()));
      return calls.stream().map(WriteCombiner::version).collect(Collectors.toSet());
    } catch (SQLException failure) {
      if (SqlFailures.isOfTheConnection(failure)) {
        var unknown = SqlFailures.unavailable(failure);
        calls.forEach(call -> call.fail(unknown));
      } else {
        calls.forEach(call -> call.end(new Apart()));
      }
      return Set.of();
    }
  }

  /** A creation hasn't: it is judged by its address and its key, which may be others. */
  private static boolean isLost(Call<Commit, Effect> call) {
    if (call.question().user().version().equals(Version.FIRST)) {
      return false;
    }
    if (call.begin()) { // or it was given up
      call.end(new NotWritten());
    }
    return true;
  }

  private List<Effect> together(List<Commit> commits) throws SQLException {
    return commits.size() == 1
        ? List.of(single(commits.getFirst(), CommitStatement::hurry))
        : execute(commits, connection -> BatchStatement.execute(connection, commits));
  }

  /** A statement for one change: waits for others' locks for a moment, or takes its time. */
  @FunctionalInterface
  private interface Single {
    Effect execute(Connection connection, Commit commit) throws SQLException;
  }

  private Effect single(Commit commit, Single statement) throws SQLException {
    return execute(List.of(commit), connection -> List.of(statement.execute(connection, commit)))
        .getFirst();
  }

  /** What becomes of each; those who wait for commits are told before those who made them. */
  private List<Effect> execute(List<Commit> commits, ConnectedWork<List<Effect>> work)
      throws SQLException {
    var begun = recent.begin();
    try (var connection = dataSource.getConnection()) {
      var effects = work.run(connection);
      tell(begun, commits, effects);
      return effects;
    } catch (SQLException failure) {
      recent.doubt(); // it may be done all the same
      throw failure;
    }
  }

  private void tell(long begun, List<Commit> commits, List<Effect> effects) {
    var made = new ArrayList<Recent>();
    for (var i = 0; i < commits.size(); i++) {
      if (effects.get(i) instanceof Written(var sequence, var isFirstPending)) {
        made.add(new Recent(new Pending(sequence, commits.get(i).event()), isFirstPending));
      }
    }
    if (!made.isEmpty()) {
      recent.committed(begun, made);
      committed.run();
    }
  }

  /** Characters of the event, and of the attributes: of every change the whole row is written. */
  private static int size(Commit commit) {
    return commit.event().payload().value().length()
        + commit.user().profile().attributes().text().value().length();
  }

  private static UUID id(Call<Commit, Effect> call) {
    return call.question().user().key().id().value();
  }

  private static Optional<ClaimedKey> key(Call<Commit, Effect> call) {
    var tenant = call.question().user().key().tenant();
    return call.question().claim().map(claim -> new ClaimedKey(tenant, claim.key()));
  }

  private static UserVersion version(Call<Commit, Effect> call) {
    var user = call.question().user();
    return new UserVersion(user.key(), user.version());
  }

  private record UserVersion(UserKey user, Version version) {}

  /** Each tenant has keys of its own. */
  private record ClaimedKey(TenantId tenant, String key) {}
}
