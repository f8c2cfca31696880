package io.userservice.application.mistakes;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.KeyReplayed;
import io.userservice.application.driven.UserStore.KeyReused;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What adapters of the user store get wrong about idempotency keys. */
final class KeyMistakes {
  private KeyMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
            "shares idempotency keys among tenants",
            "a_key_belongs_to_its_tenant",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    var isAnothers =
                        tried.stream()
                            .filter(other -> other.claim().isPresent())
                            .filter(other -> key(other).equals(key(commit)))
                            .anyMatch(
                                other ->
                                    !other
                                        .user()
                                        .key()
                                        .tenant()
                                        .equals(commit.user().key().tenant()));
                    return isAnothers ? new KeyReused() : outcome;
                  }
                }),
        mistake(
            "answers any request with a used key as if it were the same",
            "a_key_is_refused_to_another_request",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    return outcome instanceof KeyReused ? new Committed() : outcome;
                  }
                }),
        mistake(
            "uses up the key of a refused create",
            "a_refused_commit_uses_no_key_up",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    var wasTried =
                        tried.stream()
                            .anyMatch(
                                other ->
                                    other.claim().isPresent() && key(other).equals(key(commit)));
                    return wasTried && outcome instanceof Committed ? new KeyReused() : outcome;
                  }
                }),
        mistake(
            "replays a key with the user as it is now",
            "a_key_answers_the_same_request_with_the_user_as_it_was_created",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    return outcome instanceof KeyReplayed(var user)
                        ? new KeyReplayed(living(rightly(user.key()).orElseThrow()))
                        : outcome;
                  }
                }),
        mistake(
            "forgets idempotency keys when it restarts",
            "a_key_survives_a_restart",
            () ->
                new MistakenStore() {
                  private boolean restarted;

                  @Override
                  public void restart() {
                    restarted = true;
                  }

                  @Override
                  Commit before(Commit commit) {
                    return restarted
                        ? new Commit(commit.user(), commit.event(), Optional.empty())
                        : commit;
                  }
                }),
        mistake(
            "keeps idempotency keys forever",
            "a_key_lasts_for_its_time_and_is_free_afterwards",
            () ->
                new MistakenStore() {
                  @Override
                  public void ageKeys(Duration time) {}
                }),
        mistake(
            "forgets idempotency keys after an hour",
            "a_key_lasts_for_its_time_and_is_free_afterwards",
            () ->
                new MistakenStore() {
                  @Override
                  public void ageKeys(Duration time) {
                    super.ageKeys(time.multipliedBy(24));
                  }
                }),
        mistake(
            "never remembers a key again that was forgotten once",
            "a_key_lasts_for_its_time_and_is_free_afterwards",
            () ->
                new MistakenStore() {
                  private Duration age = Duration.ZERO;

                  @Override
                  public void ageKeys(Duration time) {
                    super.ageKeys(time);
                    age = age.plus(time);
                  }

                  @Override
                  Commit before(Commit commit) {
                    return age.compareTo(IdempotencyClaim.LIFETIME) < 0
                        ? commit
                        : new Commit(commit.user(), commit.event(), Optional.empty());
                  }
                }));
  }

  private static Mistake mistake(String what, String rule, Supplier<PersistenceFixture> adapter) {
    return new Mistake(what, Suites.OfUserStore.class, rule, adapter);
  }

  private static String key(Commit commit) {
    return commit.claim().map(IdempotencyClaim::key).orElse("");
  }

  private static ActiveUser living(User user) {
    return switch (user) {
      case ActiveUser active -> active;
      case DeletedUser gone ->
          new ActiveUser(
              gone.key(), gone.version(), gone.profile(), gone.createdAt(), gone.deletedAt());
    };
  }
}
