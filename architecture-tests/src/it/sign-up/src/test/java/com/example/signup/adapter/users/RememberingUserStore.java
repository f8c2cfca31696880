package com.example.signup.adapter.users;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An adapter of our own: remembers what it found, and forgets what is committed anew. While it is,
 * nothing is remembered, or somebody who sees the event already would find the user as it was.
 */
final class RememberingUserStore implements UserStore {
  private final UserStore inner;
  private final ConcurrentHashMap<UserKey, Optional<User>> found = new ConcurrentHashMap<>();

  /** How many commits of a user are under way. */
  private final ConcurrentHashMap<UserKey, Integer> changing = new ConcurrentHashMap<>();

  RememberingUserStore(UserStore inner) {
    this.inner = inner;
  }

  @Override
  public Optional<User> find(UserKey key) {
    return changing.containsKey(key) ? inner.find(key) : found.computeIfAbsent(key, inner::find);
  }

  @Override
  public Outcome commit(Commit commit) {
    var key = commit.user().key();
    changing.merge(key, 1, Integer::sum);
    try {
      return inner.commit(commit);
    } finally {
      found.remove(key); // also when the outcome is unknown
      changing.computeIfPresent(key, (_, commits) -> commits == 1 ? null : commits - 1);
    }
  }
}
