package io.userservice.application.mistakes;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that is right but for what a subclass gets wrong. Remembers what it was asked. */
class MistakenStore extends DecoratedPersistence {
  /** All commits that were tried, in order. */
  final List<Commit> tried = new ArrayList<>();

  MistakenStore() {
    super(new InMemoryPersistenceFixture());
  }

  /** What a commit is turned into before it is made. */
  Commit before(Commit commit) {
    return commit;
  }

  /** What is answered instead of the right outcome. */
  UserStore.Outcome after(Commit commit, UserStore.Outcome outcome) {
    return outcome;
  }

  /** What is found instead. */
  Optional<User> found(UserKey key, Optional<User> user) {
    return user;
  }

  /** The user of that id that was tried to store, of any tenant that will do. */
  final Optional<User> foundIn(UserKey key, Predicate<TenantId> tenants) {
    return tried.stream()
        .map(commit -> commit.user().key())
        .filter(other -> other.id().equals(key.id()) && tenants.test(other.tenant()))
        .findFirst()
        .flatMap(this::rightly);
  }

  final Optional<User> rightly(UserKey key) {
    return inner.users().find(key);
  }

  @Override
  public final UserStore users() {
    return new UserStore() {
      @Override
      public Optional<User> find(UserKey key) {
        return found(key, rightly(key));
      }

      @Override
      public Outcome commit(Commit commit) {
        synchronized (tried) {
          var outcome = inner.users().commit(before(commit));
          var answer = after(commit, outcome);
          tried.add(commit);
          return answer;
        }
      }
    };
  }
}
