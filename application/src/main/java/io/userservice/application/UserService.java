package io.userservice.application;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.Identifiers;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.ManageUsers;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.ReadUsers;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Decision;
import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.Decision.Nothing;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.validation.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Find, decide, record, commit; and again when another was quicker. */
final class UserService implements ManageUsers, ReadUsers {
  /** One of many racing for one user wins each time, so this many can race before one gives up. */
  private static final int MAX_ATTEMPTS = 200;

  private final UserStore users;
  private final UserDirectory directory;
  private final EventRecorder recorder;
  private final Identifiers identifiers;
  private final Supplier<Optional<Integer>> largestPayload;
  private final InstantSource clock;

  /**
   * @param largestPayload most bytes of an event's payload, as far as it is known
   */
  UserService(
      UserStore users,
      UserDirectory directory,
      EventRecorder recorder,
      Identifiers identifiers,
      Supplier<Optional<Integer>> largestPayload,
      InstantSource clock) {
    this.users = users;
    this.directory = directory;
    this.recorder = recorder;
    this.identifiers = identifiers;
    this.largestPayload = largestPayload;
    this.clock = clock;
  }

  @Override
  public CreateOutcome create(Caller caller, Profile profile, Optional<IdempotencyClaim> claim) {
    var created = ActiveUser.create(caller.user(identifiers.nextUserId()), profile, now());
    return switch (users.commit(commitOf(created, caller, claim))) {
      case Committed _ -> new Created(created.user());
      case UserStore.EmailTaken _ -> new EmailTaken();
      case UserStore.KeyReplayed(var first) -> new Replayed(first);
      case UserStore.KeyReused _ -> new KeyReused();
      case UserStore.KeyBusy _ -> new KeyBusy();
      case VersionConflict _ ->
          throw new IllegalStateException("a new id is in use: " + created.user().key().id());
    };
  }

  @Override
  public UpdateOutcome update(
      Caller caller, UserId id, UserPatch patch, Precondition precondition) {
    return settle(
        () ->
            living(caller.user(id))
                .map(user -> tryUpdate(caller, user, patch, precondition))
                .orElse(Optional.of(new NotFound())));
  }

  private Optional<UpdateOutcome> tryUpdate(
      Caller caller, ActiveUser user, UserPatch patch, Precondition precondition) {
    if (!precondition.matches(user.version())) {
      return Optional.of(new Stale(user.version()));
    }
    return switch (user.apply(patch, now())) {
      case Nothing(var same) -> Optional.of(new Unchanged(same));
      case Decision.Refused(var violations) -> Optional.of(new Refused(violations));
      case Happened<?> happened -> {
        var commit = commitOf(happened, caller, Optional.empty());
        yield excess(commit.event())
            .<Optional<UpdateOutcome>>map(violation -> Optional.of(new Refused(List.of(violation))))
            .orElseGet(() -> tryCommit(commit, Updated::new, new EmailTaken()));
      }
    };
  }

  /** What could never be published had better not happen. */
  private Optional<Violation> excess(RecordedEvent event) {
    var bytes = event.payload().utf8().length;
    return largestPayload
        .get()
        .filter(limit -> bytes > limit)
        .map(
            limit ->
                new Violation(
                    "",
                    "change_too_large",
                    "the event of this change has %d bytes, the message broker takes %d; change less at once"
                        .formatted(bytes, limit)));
  }

  @Override
  public DeleteOutcome delete(Caller caller, UserId id, Precondition precondition) {
    return settle(
        () ->
            living(caller.user(id))
                .map(user -> tryDelete(caller, user, precondition))
                .orElse(Optional.of(new NotFound())));
  }

  private Optional<DeleteOutcome> tryDelete(
      Caller caller, ActiveUser user, Precondition precondition) {
    if (!precondition.matches(user.version())) {
      return Optional.of(new Stale(user.version()));
    }
    return switch (users.commit(commitOf(user.delete(now()), caller, Optional.empty()))) {
      case Committed _ -> Optional.of(new Deleted());
      case VersionConflict _ -> Optional.empty();
      case UserStore.Outcome unexpected -> throw impossible(unexpected);
    };
  }

  @Override
  public RestoreOutcome restore(Caller caller, UserId id, Precondition precondition) {
    return settle(
        () ->
            users
                .find(caller.user(id))
                .map(user -> tryRestore(caller, user, precondition))
                .orElse(Optional.of(new NotFound())));
  }

  /** Of a living user nothing is demanded: whatever its version, it isn't restored. */
  private Optional<RestoreOutcome> tryRestore(Caller caller, User user, Precondition precondition) {
    return switch (user) {
      case ActiveUser _ -> Optional.of(new NotDeleted());
      case DeletedUser deleted when !precondition.matches(deleted.version()) ->
          Optional.of(new Stale(deleted.version()));
      case DeletedUser deleted ->
          tryCommit(
              commitOf(deleted.restore(now()), caller, Optional.empty()),
              Restored::new,
              new EmailTaken());
    };
  }

  @Override
  public Optional<ActiveUser> get(Caller caller, UserId id) {
    return living(caller.user(id));
  }

  @Override
  public Page<User, Keyset> list(Caller caller, UserQuery query) {
    return directory.list(caller.tenant(), query);
  }

  /** The outcome of committing a living user's next state; empty when another was quicker. */
  private <O> Optional<O> tryCommit(Commit commit, Function<ActiveUser, O> done, O emailTaken) {
    return switch (users.commit(commit)) {
      case Committed _ when commit.user() instanceof ActiveUser user ->
          Optional.of(done.apply(user));
      case UserStore.EmailTaken _ -> Optional.of(emailTaken);
      case VersionConflict _ -> Optional.empty();
      case UserStore.Outcome unexpected -> throw impossible(unexpected);
    };
  }

  private Commit commitOf(Happened<?> happened, Caller caller, Optional<IdempotencyClaim> claim) {
    return new Commit(happened.user(), recorder.record(happened.event(), caller), claim);
  }

  private Optional<ActiveUser> living(UserKey key) {
    return users.find(key).flatMap(UserService::asLiving);
  }

  private static Optional<ActiveUser> asLiving(User user) {
    return switch (user) {
      case ActiveUser active -> Optional.of(active);
      case DeletedUser _ -> Optional.empty();
    };
  }

  /** Repeats an attempt that answers nothing because another was quicker. */
  private static <O> O settle(Supplier<Optional<O>> attempt) {
    for (var i = 0; i < MAX_ATTEMPTS; i++) {
      var outcome = attempt.get();
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new StoreUnavailable("too many changes of one user at once");
  }

  private static IllegalStateException impossible(UserStore.Outcome outcome) {
    return new IllegalStateException("not an outcome of such a commit: " + outcome);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
