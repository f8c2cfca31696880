package io.userservice.application.testkit;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RecentCommits.Recent;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.testkit.InMemoryState.Claim;
import io.userservice.application.testkit.InMemoryState.ClaimedKey;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/** Users in memory. */
final class InMemoryUserStore implements UserStore {
  private final InMemoryState state;
  private final InMemoryRecentCommits recent;
  private final CommitSignal signal;
  private final InstantSource clock;

  InMemoryUserStore(
      InMemoryState state, InMemoryRecentCommits recent, CommitSignal signal, InstantSource clock) {
    this.state = state;
    this.recent = recent;
    this.signal = signal;
    this.clock = clock;
  }

  @Override
  public Optional<User> find(UserKey key) {
    return state.locked(
        () ->
            Optional.ofNullable(state.users.get(key.id())).filter(user -> user.key().equals(key)));
  }

  @Override
  public Outcome commit(Commit commit) {
    var outcome = state.locked(() -> refusal(commit).orElseGet(() -> apply(commit)));
    if (outcome instanceof Committed) {
      signal.raise();
    }
    return outcome;
  }

  private Optional<Outcome> refusal(Commit commit) {
    return earlierAnswer(commit)
        .or(() -> versionConflict(commit.user()))
        .or(() -> emailTaken(commit.user()));
  }

  private Optional<Outcome> earlierAnswer(Commit commit) {
    return commit
        .claim()
        .flatMap(
            claim ->
                Optional.ofNullable(state.claims.get(claimedKey(commit, claim)))
                    .filter(earlier -> clock.instant().isBefore(earlier.expiresAt()))
                    .map(earlier -> answer(claim, earlier)));
  }

  private static Outcome answer(IdempotencyClaim claim, Claim earlier) {
    return earlier.fingerprint().equals(claim.fingerprint())
        ? new KeyReplayed(earlier.user())
        : new KeyReused();
  }

  private Optional<Outcome> versionConflict(User user) {
    var current = Optional.ofNullable(state.users.get(user.key().id()));
    var follows =
        current
            .map(
                existing ->
                    existing.key().equals(user.key())
                        && existing.version().next().equals(user.version()))
            .orElse(user.version().equals(Version.FIRST));
    return follows ? Optional.empty() : Optional.of(new VersionConflict());
  }

  private Optional<Outcome> emailTaken(User user) {
    var taken = user instanceof ActiveUser && state.users.values().stream().anyMatch(rivalOf(user));
    return taken ? Optional.of(new EmailTaken()) : Optional.empty();
  }

  private static Predicate<User> rivalOf(User user) {
    var email = user.profile().email().canonical();
    return other ->
        switch (other) {
          case DeletedUser _ -> false;
          case ActiveUser living ->
              living.key().tenant().equals(user.key().tenant())
                  && !living.key().equals(user.key())
                  && living.profile().email().canonical().equals(email);
        };
  }

  private Outcome apply(Commit commit) {
    var user = commit.user();
    state.users.put(user.key().id(), user);
    state.log.add(commit.event());
    var sequence = (long) state.log.size();
    var pending = new Pending(sequence, commit.event());
    var isFirstPending =
        state.outbox.values().stream()
            .noneMatch(waiting -> waiting.event().user().equals(user.key()));
    state.outbox.put(sequence, pending);
    recent.add(new Recent(pending, isFirstPending));
    if (commit.claim().isPresent() && user instanceof ActiveUser created) {
      var claim = commit.claim().get();
      var expiresAt = clock.instant().plus(IdempotencyClaim.LIFETIME);
      state.claims.put(
          claimedKey(commit, claim), new Claim(claim.fingerprint(), created, expiresAt));
    }
    return new Committed();
  }

  private static ClaimedKey claimedKey(Commit commit, IdempotencyClaim claim) {
    return new ClaimedKey(commit.user().key().tenant(), claim.key());
  }
}
