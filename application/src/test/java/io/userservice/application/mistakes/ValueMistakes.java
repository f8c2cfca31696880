package io.userservice.application.mistakes;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.KeyReplayed;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Attributes;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserName;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What adapters of the user store get wrong about what they keep: profiles, tenants and keys. */
final class ValueMistakes {
  private ValueMistakes() {}

  static List<Mistake> all() {
    return List.of(
        mistake(
            "forgets the attributes when a user is changed",
            "a_change_replaces_the_whole_profile",
            () -> updating((was, is) -> with(is, was.attributes()))),
        mistake(
            "merges the attributes into those that were there",
            "a_change_replaces_the_whole_profile",
            () -> updating(ValueMistakes::merged)),
        mistake(
            "wipes the attributes of a deleted user",
            "a_deleted_and_a_restored_user_keep_the_whole_profile",
            () ->
                new MistakenStore() {
                  @Override
                  Commit before(Commit commit) {
                    return commit.user() instanceof DeletedUser
                        ? with(commit, profile -> with(profile, Attributes.NONE))
                        : commit;
                  }
                }),
        mistake(
            "keeps seconds",
            "what_was_committed_is_found_as_it_was",
            () ->
                new MistakenStore() {
                  @Override
                  Optional<User> found(UserKey key, Optional<User> user) {
                    return user.map(ValueMistakes::inSeconds);
                  }
                }),
        mistake(
            "cuts long names",
            "the_longest_values_are_kept_and_compared_to_their_ends",
            () ->
                new MistakenStore() {
                  @Override
                  Commit before(Commit commit) {
                    return with(commit, ValueMistakes::withShortName);
                  }
                }),
        mistake(
            "takes tenants for one that differ in letter case",
            "letter_case_tells_tenants_and_keys_apart",
            () ->
                new MistakenStore() {
                  @Override
                  Optional<User> found(UserKey key, Optional<User> user) {
                    return foundIn(
                        key, other -> other.value().equalsIgnoreCase(key.tenant().value()));
                  }
                }),
        mistake(
            "judges the version before the key",
            "a_key_is_judged_before_the_version_and_the_email_address",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    return outcome instanceof KeyReplayed && tried.contains(commit)
                        ? new VersionConflict()
                        : outcome;
                  }
                }),
        mistake(
            "remembers no attributes with a key",
            "a_key_answers_the_same_request_with_the_user_as_it_was_created",
            () ->
                new MistakenStore() {
                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    return outcome instanceof KeyReplayed(var user)
                        ? new KeyReplayed(with(user, with(user.profile(), Attributes.NONE)))
                        : outcome;
                  }
                }),
        mistake(
            "shows an event before its user",
            "a_reader_never_sees_half_a_commit",
            () ->
                new MistakenStore() {
                  private final Map<UserKey, User> shown = new ConcurrentHashMap<>();

                  @Override
                  Outcome after(Commit commit, Outcome outcome) {
                    if (outcome instanceof Committed) {
                      LockSupport.parkNanos(1_000_000); // or nobody would be quick enough to look
                      shown.put(commit.user().key(), commit.user());
                    }
                    return outcome;
                  }

                  @Override
                  Optional<User> found(UserKey key, Optional<User> user) {
                    return Optional.ofNullable(shown.get(key));
                  }
                }));
  }

  /** Writes, for a user that is there, something else than its next profile. */
  private static MistakenStore updating(BinaryOperator<Profile> written) {
    return new MistakenStore() {
      @Override
      Commit before(Commit commit) {
        return rightly(commit.user().key())
            .map(was -> with(commit, profile -> written.apply(was.profile(), profile)))
            .orElse(commit);
      }
    };
  }

  private static Profile merged(Profile was, Profile is) {
    var members = new LinkedHashMap<>(was.attributes().value().members());
    members.putAll(is.attributes().value().members());
    return with(is, new Attributes(new JsonObject(members)));
  }

  private static Profile withShortName(Profile profile) {
    var name = profile.name().value();
    var end = name.offsetByCodePoints(0, Math.min(100, name.codePointCount(0, name.length())));
    return new Profile(profile.email(), new UserName(name.substring(0, end)), profile.attributes());
  }

  private static Commit with(Commit commit, UnaryOperator<Profile> altered) {
    var profile = altered.apply(commit.user().profile());
    var user =
        switch (commit.user()) {
          case ActiveUser active -> with(active, profile);
          case DeletedUser gone ->
              new DeletedUser(
                  gone.key(), gone.version(), profile, gone.createdAt(), gone.deletedAt());
        };
    return new Commit(user, commit.event(), commit.claim());
  }

  private static ActiveUser with(ActiveUser user, Profile profile) {
    return new ActiveUser(user.key(), user.version(), profile, user.createdAt(), user.updatedAt());
  }

  private static Profile with(Profile profile, Attributes attributes) {
    return new Profile(profile.email(), profile.name(), attributes);
  }

  private static User inSeconds(User user) {
    var created = user.createdAt().truncatedTo(ChronoUnit.SECONDS);
    return switch (user) {
      case ActiveUser is ->
          new ActiveUser(is.key(), is.version(), is.profile(), created, is.updatedAt());
      case DeletedUser is ->
          new DeletedUser(is.key(), is.version(), is.profile(), created, is.deletedAt());
    };
  }

  private static Mistake mistake(String what, String rule, Supplier<PersistenceFixture> adapter) {
    return new Mistake(what, Suites.OfUserStore.class, rule, adapter);
  }
}
