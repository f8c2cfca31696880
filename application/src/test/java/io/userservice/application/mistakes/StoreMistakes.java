package io.userservice.application.mistakes;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.EmailTaken;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.Version;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What adapters of the user store get wrong. */
final class StoreMistakes {
  private static final Outcome DONE = new Committed();

  private StoreMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
            "ignores the tenant when it looks for a user",
            "a_tenant_never_sees_or_changes_anothers_user",
            () ->
                new MistakenStore() {
                  @Override
                  Optional<User> found(UserKey key, Optional<User> user) {
                    return foundIn(key, _ -> true);
                  }
                }),
        mistake(
            "forgets the version check",
            "a_commit_that_does_not_follow_the_present_version_is_refused",
            () -> answering(VersionConflict.class, commit -> !isNew(commit))),
        mistake(
            "takes a change of a user that isn't there",
            "a_change_of_an_unknown_user_is_a_version_conflict",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    var isUnknown = rightly(commit.user().key()).isEmpty();
                    return outcome instanceof VersionConflict && isUnknown ? DONE : outcome;
                  }
                }),
        mistake(
            "says yes to a create that it has made already",
            "the_same_create_again_is_a_version_conflict_and_changes_nothing",
            () -> answering(VersionConflict.class, StoreMistakes::isNew)),
        mistake(
            "checks the e-mail address of new users only",
            "an_update_to_a_taken_email_address_is_refused",
            () -> answering(EmailTaken.class, commit -> !isNew(commit))),
        mistake(
            "never frees an e-mail address",
            "a_deleted_user_leaves_its_email_address_to_others",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    var email = commit.user().profile().email().canonical();
                    var wasUsed =
                        tried.stream()
                            .filter(other -> other.user() instanceof DeletedUser)
                            .filter(other -> !other.user().key().equals(commit.user().key()))
                            .anyMatch(
                                other -> other.user().profile().email().canonical().equals(email));
                    return wasUsed ? new EmailTaken() : outcome;
                  }
                }),
        mistake(
            "lets a restored user have an address that is taken",
            "a_restore_is_refused_when_the_email_address_is_taken_meanwhile",
            () -> answering(EmailTaken.class, commit -> commit.user().version().value() > 2)),
        mistake(
            "loses an event when a later commit is in conflict",
            "a_commit_that_does_not_follow_the_present_version_is_refused",
            LosingStore::new),
        mistake(
            "shows a user before its event is there",
            "a_reader_never_sees_half_a_commit",
            () ->
                new MistakenStore() {
                  private final Map<UserKey, User> announced = new ConcurrentHashMap<>();

                  @Override
                  Commit before(Commit commit) {
                    announced.put(commit.user().key(), commit.user());
                    LockSupport.parkNanos(1_000_000); // or nobody would be quick enough to look
                    return commit;
                  }

                  @Override
                  Optional<User> found(UserKey key, Optional<User> user) {
                    return Optional.ofNullable(announced.get(key)).or(() -> user);
                  }
                }),
        mistake(
            "brings names into one normal form",
            "values_come_back_exactly_whatever_their_script",
            () ->
                new MistakenStore() {
                  @Override
                  Optional<User> found(UserKey key, Optional<User> user) {
                    return user.map(StoreMistakes::normalised);
                  }
                }),
        mistake(
            "keeps users in memory only",
            "what_was_committed_survives_a_restart",
            () ->
                new MistakenStore() {
                  private boolean restarted;

                  @Override
                  public void restart() {
                    restarted = true;
                  }

                  @Override
                  Optional<User> found(UserKey key, Optional<User> user) {
                    return restarted ? Optional.empty() : user;
                  }
                }));
  }

  private static Mistake mistake(String what, String rule, Supplier<PersistenceFixture> adapter) {
    return new Mistake(what, Suites.OfUserStore.class, rule, adapter);
  }

  /** Says that it was done where the right answer is a refusal of this kind. */
  private static MistakenStore answering(Class<? extends Outcome> refusal, Where where) {
    return new MistakenStore() {
      @Override
      Outcome after(Commit commit, Outcome outcome) {
        return refusal.isInstance(outcome) && where.isSo(commit) ? DONE : outcome;
      }
    };
  }

  /** Writes the event over the last one of the same user, before it sees the conflict. */
  private static final class LosingStore extends MistakenStore {
    private final Set<EventId> lost = new HashSet<>();

    @Override
    Outcome after(Commit commit, Outcome outcome) {
      if (outcome instanceof VersionConflict) {
        inner.log().history(commit.user().key(), Optional.empty(), 1).stream()
            .map(RecordedEvent::id)
            .forEach(lost::add);
      }
      return outcome;
    }

    @Override
    public EventLog log() {
      return new MistakenLog(inner.log()) {
        @Override
        List<RecordedEvent> altered(List<RecordedEvent> history) {
          return history.stream().filter(event -> !lost.contains(event.id())).toList();
        }
      };
    }
  }

  private interface Where {
    boolean isSo(Commit commit);
  }

  private static boolean isNew(Commit commit) {
    return commit.user().version().equals(Version.FIRST);
  }

  private static User normalised(User user) {
    return switch (user) {
      case DeletedUser deleted -> deleted;
      case ActiveUser active ->
          new ActiveUser(
              active.key(),
              active.version(),
              new Profile(
                  active.profile().email(),
                  new UserName(
                      Normalizer.normalize(active.profile().name().value(), Normalizer.Form.NFKC)),
                  active.profile().attributes()),
              active.createdAt(),
              active.updatedAt());
    };
  }
}
