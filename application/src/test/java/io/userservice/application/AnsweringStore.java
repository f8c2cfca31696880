package io.userservice.application;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A store whose first commits end as told, and do nothing; the further ones are as ever. */
final class AnsweringStore implements UserStore {
  private final UserStore inner;
  private final Queue<Outcome> answers = new ArrayDeque<>();
  private int commits;

  AnsweringStore(UserStore inner) {
    this.inner = inner;
  }

  void answers(List<? extends Outcome> outcomes) {
    answers.addAll(outcomes);
  }

  int commits() {
    return commits;
  }

  @Override
  public Optional<User> find(UserKey key) {
    return inner.find(key);
  }

  @Override
  public Outcome commit(Commit commit) {
    commits++;
    return answers.isEmpty() ? inner.commit(commit) : answers.remove();
  }
}
