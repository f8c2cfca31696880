package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.restored;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.KeyReused;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.Version;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The promises of {@link UserStore}, one test each: those about e-mail addresses and keys are in
 * what this extends.
 */
public abstract class UserStoreContract extends UserStoreKeys {
  private static final JsonValue BLUE = new JsonString("blue");
  private static final JsonValue RED = new JsonString("red");

  @Test
  void what_was_committed_is_found_as_it_was() {
    var ana = user(ACME, "Ana@Example.org");

    commit(ana);

    assertThat(store.users().find(ana.key())).contains(ana);
  }

  @Test
  void what_was_committed_survives_a_restart() {
    var ana = user(ACME, "ana@example.org");
    var commit = commit(ana);

    store.restart();

    assertThat(store.users().find(ana.key())).contains(ana);
    assertThat(pendingEvents()).containsExactly(commit.event());
    assertThat(history(ana.key())).containsExactly(commit.event());
  }

  @Test
  void values_come_back_exactly_whatever_their_script() {
    var attributes = new LinkedHashMap<String, JsonValue>();
    attributes.put("z", new JsonString("\u0000\u001f\"\\ שלום 😀 \u2028"));
    attributes.put("a", new JsonNumber(new BigDecimal("12345678901234567890.123456789")));
    attributes.put("tiny", new JsonNumber(new BigDecimal("1e-300")));
    attributes.put("huge", new JsonNumber(new BigDecimal("1e300")));
    attributes.put("limits", numbersAtTheirLimits());
    var names = new LinkedHashMap<String, JsonValue>();
    Users.namesOfOneHash(500).forEach(name -> names.put(name, JsonNumber.of(1)));
    attributes.put("names", new JsonObject(names));
    attributes.put(
        "nested",
        new JsonObject(
            Map.of(
                "list",
                new JsonArray(List.of(JsonValue.NULL, new JsonBoolean(true), JsonNumber.of(0))))));
    var ana =
        user(ACME, profile("àñá+tag@exämple.org", "A\u030asa \u202eمثال ﬁ 😀", attributes), START);

    commit(ana);

    assertThat(store.users().find(ana.key())).contains(ana);
    assertThat(store.users().find(ana.key()).orElseThrow().profile().attributes().value().text())
        .as("the order of members is kept")
        .isEqualTo(ana.profile().attributes().value().text());
  }

  /** The smallest, the longest and the largest that there are. */
  private static JsonArray numbersAtTheirLimits() {
    var most = JsonNumber.MAX_DIGITS;
    return new JsonArray(
        Stream.of(
                "1e-" + most,
                "-1e-" + most,
                "0." + "9".repeat(most),
                "-0." + "9".repeat(most),
                "9".repeat(most),
                "-" + "9".repeat(most),
                "1e" + (most - 1),
                "-1." + "9".repeat(most - 1))
            .<JsonValue>map(text -> new JsonNumber(new BigDecimal(text)))
            .toList());
  }

  @Test
  void a_user_goes_through_its_whole_life() {
    var created = user(ACME, "ana@example.org");
    var updated = changed(created, profile("ana@example.com", "Ana Maria"));
    var deleted = deleted(updated);
    var restored = restored(deleted);

    for (User state : List.of(created, updated, deleted, restored)) {
      commit(state);
      assertThat(store.users().find(created.key())).contains(state);
    }
  }

  @Test
  void a_change_replaces_the_whole_profile() {
    var ana =
        user(ACME, profile("ana@example.org", "Ana", Map.of("team", BLUE, "desk", BLUE)), START);
    commit(ana);
    var changed = changed(ana, profile("ana@example.org", "Ana", Map.of("team", RED)));

    commit(changed);

    assertThat(store.users().find(ana.key())).contains(changed);
  }

  @Test
  void a_deleted_and_a_restored_user_keep_the_whole_profile() {
    var ana = user(ACME, profile("ana@example.org", "Ana", Map.of("team", BLUE)), START);
    var gone = deleted(ana);
    commit(ana);

    for (User state : List.of(gone, restored(gone))) {
      commit(state);
      assertThat(store.users().find(ana.key())).contains(state);
    }
  }

  @Test
  void the_longest_values_are_kept_and_compared_to_their_ends() {
    var tenant = new TenantId("t".repeat(TenantId.MAX_LENGTH));
    var local = "l".repeat(EmailAddress.MAX_LOCAL_OCTETS);
    var domain = "@" + ("d".repeat(60) + ".").repeat(3);
    var name = "😀".repeat(UserName.MAX_LENGTH);
    var key = "k".repeat(IdempotencyClaim.MAX_LENGTH - 1);

    for (var end : List.of("1", "2")) {
      var email = local + domain + "a".repeat(5) + end;
      var user = user(tenant, profile(email, name), START);
      commit(Users.commit(user, key + end, "fingerprint " + end));
      assertThat(store.users().find(user.key())).contains(user);
    }
  }

  @Test
  void a_commit_puts_its_event_into_log_and_outbox() {
    var ana = user(ACME, "ana@example.org");

    var commit = commit(ana);

    assertThat(history(ana.key())).containsExactly(commit.event());
    assertThat(pendingEvents()).containsExactly(commit.event());
  }

  @Test
  void a_refused_commit_leaves_no_event() {
    var ana = commit(user(ACME, "ana@example.org"));
    var rival = user(ACME, "ana@example.org");

    store.users().commit(Users.commit(rival));

    assertThat(store.users().find(rival.key())).isEmpty();
    assertThat(history(rival.key())).isEmpty();
    assertThat(pendingEvents()).containsExactly(ana.event());
  }

  /** The id of another's event is in the way of the last thing that is written. */
  @Test
  void of_a_commit_all_is_kept_or_nothing() {
    var ana = commit(user(ACME, "ana@example.org")).event();
    var bob = user(ACME, "bob@example.org");
    var commit =
        new Commit(
            bob,
            Users.withId(Users.event(bob), ana.id()),
            Optional.of(new IdempotencyClaim("key-1", "first")));

    catchThrowable(() -> store.users().commit(commit));

    var isThere = store.users().find(bob.key()).isPresent();
    assertThat(history(bob.key())).hasSize(isThere ? 1 : 0);
    assertThat(pendingEvents()).hasSize(isThere ? 2 : 1);
    assertThat(store.users().commit(Users.commit(user(ACME, "bob@example.org"), "key-1", "second")))
        .isEqualTo(isThere ? new KeyReused() : new Committed());
  }

  @Test
  void a_reader_never_sees_half_a_commit() throws Exception {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    var writing = new AtomicBoolean(true);

    var halves =
        Collision.of(5, i -> () -> i == 0 ? change(ana, writing) : halvesSeen(ana.key(), writing));

    assertThat(halves).allSatisfy(seen -> assertThat(seen).isEmpty());
  }

  private Set<String> change(ActiveUser first, AtomicBoolean writing) {
    try {
      var user = first;
      for (var i = 0; i < 40; i++) {
        user = changed(user, profile("ana@example.org", "Ana " + i));
        commit(user);
      }
      return Set.of();
    } finally {
      writing.set(false);
    }
  }

  /** States that were there before their event, and events that were there before their state. */
  private Set<String> halvesSeen(UserKey key, AtomicBoolean writing) {
    var seen = new HashSet<String>();
    do {
      var version = store.users().find(key).orElseThrow().version();
      if (history(key).getFirst().version().compareTo(version) < 0) {
        seen.add("version %s without its event".formatted(version));
      }
      var logged = history(key).getFirst().version();
      if (store.users().find(key).orElseThrow().version().compareTo(logged) < 0) {
        seen.add("event %s without its version".formatted(logged));
      }
      var pending = store.outbox().next(1_000).getLast().event().version();
      if (store.users().find(key).orElseThrow().version().compareTo(pending) < 0) {
        seen.add("pending event %s without its version".formatted(pending));
      }
    } while (writing.get());
    return seen;
  }

  @Test
  void a_commit_that_does_not_follow_the_present_version_is_refused() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    var second = changed(ana, profile("ana@example.org", "Ana II"));
    commit(second);

    assertThat(attempt(changed(ana, profile("ana@example.org", "Ana III"))))
        .isEqualTo(new VersionConflict());
    assertThat(attempt(deleted(ana))).isEqualTo(new VersionConflict());
    assertThat(attempt(deleted(changed(second, second.profile()))))
        .as("a version is left out")
        .isEqualTo(new VersionConflict());
    assertThat(store.users().find(ana.key())).contains(second);
    assertThat(history(ana.key())).hasSize(2);
  }

  @Test
  void the_version_is_judged_before_the_email_address() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    commit(changed(ana, profile("ana@example.com")));
    commit(user(ACME, "bob@example.org"));

    assertThat(attempt(changed(ana, profile("bob@example.org")))).isEqualTo(new VersionConflict());
  }

  @Test
  void a_change_of_an_unknown_user_is_a_version_conflict() {
    var ghost = user(ACME, "ghost@example.org");

    assertThat(attempt(changed(ghost, profile("ghost@example.org", "G"))))
        .isEqualTo(new VersionConflict());
    assertThat(attempt(deleted(ghost))).isEqualTo(new VersionConflict());
  }

  @Test
  void the_same_create_again_is_a_version_conflict_and_changes_nothing() {
    var ana = user(ACME, "ana@example.org");
    var commit = commit(ana);

    assertThat(store.users().commit(commit)).isEqualTo(new VersionConflict());
    assertThat(pendingEvents()).containsExactly(commit.event());
  }

  @Test
  void the_same_change_again_is_a_version_conflict_and_changes_nothing() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    var change = commit(changed(ana, profile("ana@example.com")));

    assertThat(store.users().commit(change)).isEqualTo(new VersionConflict());
    assertThat(history(ana.key())).hasSize(2);
  }

  @Test
  void a_tenant_never_sees_or_changes_anothers_user() {
    var ana = user(ACME, "ana@example.org");
    commit(ana);
    var foreign = new UserKey(GLOBEX, ana.key().id());
    var stolen =
        new ActiveUser(
            foreign, new Version(2), profile("x@example.org"), ana.createdAt(), ana.updatedAt());

    assertThat(store.users().find(foreign)).isEmpty();
    assertThat(attempt(stolen)).isEqualTo(new VersionConflict());
    assertThat(store.users().find(ana.key())).contains(ana);
  }

  @Test
  void letter_case_tells_tenants_and_keys_apart() {
    var ana = user(ACME, "ana@example.org");
    commit(Users.commit(ana, "key", "first"));
    var capitals = new TenantId("ACME");

    assertThat(store.users().find(new UserKey(capitals, ana.key().id()))).isEmpty();
    assertThat(attempt(user(capitals, "ana@example.org"))).isEqualTo(new Committed());
    assertThat(store.users().commit(Users.commit(user(ACME, "b@example.org"), "KEY", "second")))
        .isEqualTo(new Committed());
  }

  @Test
  void of_many_commits_of_one_version_one_is_committed() throws Exception {
    var ana = user(ACME, "ana@example.org");
    commit(ana);

    var outcomes =
        Collision.of(50, i -> () -> attempt(changed(ana, profile("ana@example.org", "A" + i))));

    assertThat(outcomes).containsOnlyOnce(new Committed());
    assertThat(outcomes).filteredOn(new VersionConflict()::equals).hasSize(49);
    assertThat(history(ana.key())).hasSize(2);
  }

  @Test
  void a_store_out_of_reach_is_unavailable() {
    var ana = user(ACME, "ana@example.org");

    assertUnavailable(
        () -> store.users().find(ana.key()), () -> store.users().commit(Users.commit(ana)));
  }
}
