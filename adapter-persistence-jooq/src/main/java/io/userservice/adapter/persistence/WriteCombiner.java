package io.userservice.adapter.persistence;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.domain.user.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Changes that travel together, in one statement and one commit.
 *
 * <p>A batch that fails as a whole is taken apart, each of its changes to be made alone by the
 * thread that wants it: no request suffers for its neighbour. When the connection is lost, all of a
 * batch have an unknown outcome.
 */
final class WriteCombiner {
  private final DataSource dataSource;
  private final Lane<Commit, Effect> lane = new Lane<>("commits", this::write);

  WriteCombiner(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Makes the change, together with others or alone.
   *
   * @throws StoreUnavailable when too much is waiting, or the outcome is unknown
   */
  Effect commit(Commit commit) {
    return lane.ask(commit);
  }

  /** A user and a key are in a statement once; who comes second waits for the next batch. */
  private List<Call<Commit, Effect>> write(List<Call<Commit, Effect>> batch) {
    var deferred = new ArrayList<Call<Commit, Effect>>();
    var ready = new ArrayList<Call<Commit, Effect>>();
    var seen = new HashSet<Object>();
    for (var call : batch) {
      if (!seen.add(id(call)) || !key(call).map(seen::add).orElse(true)) {
        deferred.add(call);
      } else if (call.begin()) {
        ready.add(call);
      }
    }
    if (!ready.isEmpty()) {
      writeReady(ready);
    }
    return deferred;
  }

  private void writeReady(List<Call<Commit, Effect>> calls) {
    try (var connection = dataSource.getConnection()) {
      var effects = effects(connection, calls.stream().map(Call::question).toList());
      calls.forEach(call -> call.end(effects.getOrDefault(id(call), Effect.NOT_WRITTEN)));
    } catch (SQLException failure) {
      if (SqlFailures.isOfTheConnection(failure)) {
        var unknown = SqlFailures.unavailable(failure);
        calls.forEach(call -> call.fail(unknown));
      } else {
        calls.forEach(call -> call.end(Effect.APART));
      }
    }
  }

  private static Map<UUID, Effect> effects(Connection connection, List<Commit> commits)
      throws SQLException {
    if (commits.size() > 1) {
      return BatchStatement.execute(connection, commits);
    }
    var commit = commits.getFirst();
    return Map.of(commit.user().key().id().value(), CommitStatement.execute(connection, commit));
  }

  private static UUID id(Call<Commit, Effect> call) {
    return call.question().user().key().id().value();
  }

  private static Optional<ClaimedKey> key(Call<Commit, Effect> call) {
    var tenant = call.question().user().key().tenant();
    return call.question().claim().map(claim -> new ClaimedKey(tenant, claim.key()));
  }

  /** Each tenant has keys of its own. */
  private record ClaimedKey(TenantId tenant, String key) {}
}
