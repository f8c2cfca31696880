package com.example.signup.adapter.users;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An adapter of our own: remembers what it found, and forgets what is committed anew. */
final class RememberingUserStore implements UserStore {
  private final UserStore inner;
  private final ConcurrentHashMap<UserKey, Optional<User>> found = new ConcurrentHashMap<>();

  RememberingUserStore(UserStore inner) {
    this.inner = inner;
  }

  @Override
  public Optional<User> find(UserKey key) {
    return found.computeIfAbsent(key, inner::find);
  }

  @Override
  public Outcome commit(Commit commit) {
    try {
      return inner.commit(commit);
    } finally {
      found.remove(commit.user().key()); // also when the outcome is unknown
    }
  }
}
