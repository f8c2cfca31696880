package io.userservice.adapter.persistence;

import io.userservice.adapter.persistence.Found.Readable;
import io.userservice.adapter.persistence.Found.Unreadable;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Lookups that travel together. A lookup that comes after a commit is asked after it too, so
 * everybody reads what they wrote.
 */
final class ReadCombiner {
  private final DataSource dataSource;
  private final Lane<UserKey, Optional<User>> lane = new Lane<>("lookups", this::find);

  ReadCombiner(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * The user, living or deleted.
   *
   * @throws StoreUnavailable when too much is waiting, or the database doesn't answer
   */
  Optional<User> find(UserKey key) {
    return lane.ask(key);
  }

  private List<Call<UserKey, Optional<User>>> find(List<Call<UserKey, Optional<User>>> batch) {
    var calls = batch.stream().filter(Call::begin).toList();
    if (!calls.isEmpty()) {
      var users = users(calls.stream().map(Call::question).toList());
      calls.forEach(call -> answer(call, Optional.ofNullable(users.get(call.question()))));
    }
    return List.of();
  }

  private static void answer(Call<UserKey, Optional<User>> call, Optional<Found> found) {
    if (found.isEmpty()) {
      call.end(Optional.empty());
      return;
    }
    switch (found.get()) {
      case Readable(var user) -> call.end(Optional.of(user));
      case Unreadable(var reason) -> call.fail(reason);
    }
  }

  private Map<UserKey, Found> users(List<UserKey> keys) {
    return SqlFailures.translatingJdbc(
        dataSource, connection -> FindStatement.execute(connection, keys));
  }
}
