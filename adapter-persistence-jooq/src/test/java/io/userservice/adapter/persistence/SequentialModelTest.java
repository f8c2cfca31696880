package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.restored;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.EmailTaken;
import io.userservice.application.driven.UserStore.KeyBusy;
import io.userservice.application.driven.UserStore.KeyReplayed;
import io.userservice.application.driven.UserStore.KeyReused;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.application.testkit.Collision;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Everything against everything: few addresses, few keys and few users, many threads. What was made
 * must come out the same when it is done once more one after the other, in the order of the events;
 * and what was refused must have had something in its way while it was asked for.
 */
final class SequentialModelTest {
  private static final int THREADS = 32;
  private static final int CHANGES_EACH = 40;

  private final PostgresFixture store = new PostgresFixture();
  private final AtomicLong clock = new AtomicLong();
  private final Map<UserKey, User> latest = new ConcurrentHashMap<>();
  private final List<Asked> history = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    store.close();
  }

  /** A change, its outcome, and when it was asked for and answered. */
  private record Asked(Commit commit, Outcome outcome, long began, long ended) {
    boolean isMade() {
      return outcome instanceof Committed;
    }

    User user() {
      return commit.user();
    }

    boolean isOf(UserKey key) {
      return user().key().equals(key);
    }

    long version() {
      return user().version().value();
    }

    boolean holds(String email) {
      return user() instanceof ActiveUser && user().profile().email().canonical().equals(email);
    }
  }

  @Test
  void what_was_made_together_could_have_been_made_one_after_the_other() throws Exception {
    Collision.of(
        THREADS,
        i ->
            () -> {
              var random = new Random(i);
              for (var n = 0; n < CHANGES_EACH; n++) {
                ask(random);
              }
              return i;
            });

    assertThat(history).filteredOn(Asked::isMade).hasSizeGreaterThan(THREADS);
    assertModelAgrees();
    for (var asked : history) {
      assertThat(isJust(asked)).as("%s for %s", asked.outcome(), asked.commit()).isTrue();
    }
  }

  private void ask(Random random) {
    var commit = next(random);
    var began = clock.incrementAndGet();
    var outcome = store.users().commit(commit);
    history.add(new Asked(commit, outcome, began, clock.incrementAndGet()));
    if (outcome instanceof Committed) {
      latest.merge(
          commit.user().key(),
          commit.user(),
          (one, other) -> one.version().value() < other.version().value() ? other : one);
    }
  }

  /** A create, or a change of what was, a moment ago, the state of some user. */
  private Commit next(Random random) {
    var known = List.copyOf(latest.values());
    if (known.size() < 4 || random.nextInt(4) == 0) {
      return create(random);
    }
    return switch (known.get(random.nextInt(known.size()))) {
      case DeletedUser gone -> commit(restored(gone));
      case ActiveUser user when random.nextInt(3) == 0 -> commit(deleted(user));
      case ActiveUser user -> commit(changed(user, profile(email(random), "N" + random.nextInt())));
    };
  }

  private static Commit create(Random random) {
    var user = user(ACME, email(random));
    return random.nextBoolean()
        ? commit(user)
        : commit(user, "key" + random.nextInt(6), "print" + random.nextInt(2));
  }

  private static String email(Random random) {
    return "u" + random.nextInt(10) + "@example.org";
  }

  private void assertModelAgrees() {
    var made =
        history.stream()
            .filter(Asked::isMade)
            .collect(Collectors.toMap(asked -> asked.commit().event().id(), Function.identity()));
    var order = store.outbox().next(10_000).stream().map(pending -> pending.event().id()).toList();
    assertThat(order).containsExactlyInAnyOrderElementsOf(made.keySet());
    var model = new InMemoryPersistence().users();
    for (var event : order) {
      assertThat(model.commit(made.get(event).commit())).isEqualTo(new Committed());
    }
    for (var asked : history) {
      var key = asked.user().key();
      assertThat(store.users().find(key)).isEqualTo(model.find(key));
    }
  }

  private boolean isJust(Asked asked) {
    return switch (asked.outcome()) {
      case Committed _ -> true;
      case EmailTaken _ -> history.stream().anyMatch(other -> heldTheAddress(other, asked));
      case VersionConflict _ -> isStale(asked);
      case KeyReplayed(var user) ->
          withKeyOf(asked, true).filter(first -> first.user().equals(user)).isPresent();
      case KeyReused _ -> withKeyOf(asked, false).isPresent();
      case KeyBusy _ -> history.stream().anyMatch(other -> sharedTheKey(other, asked));
    };
  }

  /** Whether the other made its user the holder of the address, and it was that still. */
  private boolean heldTheAddress(Asked other, Asked asked) {
    return other.isMade()
        && !other.isOf(asked.user().key())
        && other.holds(asked.user().profile().email().canonical())
        && other.began() < asked.ended()
        && following(other).map(next -> next.ended() > asked.began()).orElse(true);
  }

  private Optional<Asked> following(Asked asked) {
    return made(asked.user().key(), asked.version() + 1);
  }

  private Optional<Asked> made(UserKey key, long version) {
    return history.stream()
        .filter(asked -> asked.isMade() && asked.isOf(key) && asked.version() == version)
        .findFirst();
  }

  /**
   * Whether the user had, or may have had, another version than the one before; a new one has none.
   */
  private boolean isStale(Asked asked) {
    var key = asked.user().key();
    return asked.version() > 1 && wasElsewhere(asked, key);
  }

  private boolean wasElsewhere(Asked asked, UserKey key) {
    return made(key, asked.version()).filter(rival -> rival.began() < asked.ended()).isPresent()
        || made(key, asked.version() - 1)
            .map(before -> before.ended() > asked.began())
            .orElse(true);
  }

  private Optional<Asked> withKeyOf(Asked asked, boolean samePrint) {
    var claim = asked.commit().claim().orElseThrow();
    return history.stream()
        .filter(other -> other.isMade() && other.began() < asked.ended())
        .filter(
            other ->
                other
                    .commit()
                    .claim()
                    .filter(first -> first.key().equals(claim.key()))
                    .filter(first -> first.fingerprint().equals(claim.fingerprint()) == samePrint)
                    .isPresent())
        .findFirst();
  }

  private static boolean sharedTheKey(Asked other, Asked asked) {
    return other != asked
        && other.began() < asked.ended()
        && other.ended() > asked.began()
        && other.commit().claim().map(claim -> claim.key()).isPresent()
        && other
            .commit()
            .claim()
            .orElseThrow()
            .key()
            .equals(asked.commit().claim().orElseThrow().key());
  }
}
