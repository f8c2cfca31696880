package io.userservice.adapter.persistence;

import static io.userservice.application.driven.Outbox.LARGE;
import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.large;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.restored;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driven.UserStore.EmailTaken;
import io.userservice.application.driven.UserStore.Outcome;
import io.userservice.application.driven.UserStore.VersionConflict;
import io.userservice.application.testkit.Collision;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.User;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes that travel together: each gets what it would have got alone. */
final class WriteCombinerTest {
  private final PostgresFixture store = new PostgresFixture();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void of_many_with_one_address_one_is_created_and_the_others_are_told() throws Exception {
    var outcomes = all(100, i -> commit(user(i % 2 == 0 ? ACME : GLOBEX, "Ana@example.org")));

    assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(2);
    assertThat(outcomes).filteredOn(EmailTaken.class::isInstance).hasSize(98);
    assertThat(store.outbox().next(1_000)).hasSize(2);
  }

  @Test
  void of_many_changes_of_one_version_one_is_made() throws Exception {
    var ana = created("ana@example.org");

    var outcomes = all(100, i -> commit(changed(ana, profile("ana@example.org", "N" + i))));

    assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(VersionConflict.class::isInstance).hasSize(99);
    assertThat(store.log().history(ana.key(), Optional.empty(), 10)).hasSize(2);
  }

  /** Else each version would be in the log once, and only that would be in the way of a second. */
  @Test
  void of_one_version_one_change_is_made_also_when_the_log_has_forgotten_it() throws Exception {
    var ana = created("ana@example.org");
    var ben = created("ben@example.org");
    var first = changed(ana, profile("ana@example.org", "First"));
    var late = commit(changed(ana, profile("ana@example.org", "Late")));
    assertThat(store.users().commit(commit(first))).isEqualTo(new Committed());
    PostgresFixture.execute("delete from user_events");

    assertThat(store.users().commit(late)).isEqualTo(new VersionConflict());
    try (var connection = PostgresFixture.dataSource().getConnection()) {
      assertThat(
              BatchStatement.execute(
                  connection,
                  List.of(late, commit(changed(ben, profile("ben@example.org", "Benjamin"))))))
          .hasExactlyElementsOfTypes(Effect.NotWritten.class, Effect.Written.class);
    }
    assertThat(store.users().find(ana.key())).contains(first);
  }

  @Test
  void an_address_that_is_taken_by_an_update_fails_no_neighbour() throws Exception {
    created("taken@example.org");
    var users = new ArrayList<ActiveUser>();
    for (var i = 0; i < 60; i++) {
      users.add(created("u" + i + "@example.org"));
    }

    var outcomes =
        all(
            60,
            i ->
                commit(
                    changed(
                        users.get(i),
                        profile(i % 20 == 7 ? "TAKEN@example.org" : "new" + i + "@example.org"))));

    for (var i = 0; i < 60; i++) {
      assertThat(outcomes.get(i))
          .as("outcome of %d", i)
          .isEqualTo(i % 20 == 7 ? new EmailTaken() : new Committed());
    }
  }

  @Test
  void what_a_row_says_is_what_was_committed() throws Exception {
    var commits = new ArrayList<Commit>();
    all(
        50,
        i -> {
          var commit = commit(user(i % 2 == 0 ? ACME : GLOBEX, "u" + i + "@example.org"));
          synchronized (commits) {
            commits.add(commit);
          }
          return commit;
        });

    for (var commit : commits) {
      assertThat(store.users().find(commit.user().key())).contains(commit.user());
    }
    assertThat(store.outbox().next(100))
        .extracting(Pending::event)
        .containsExactlyInAnyOrderElementsOf(commits.stream().map(Commit::event).toList());
  }

  @Test
  void large_changes_travel_in_smaller_numbers() throws Exception {
    var largest = 200_000;

    var outcomes =
        all(
            60,
            i -> {
              var user = user(ACME, "u" + i + "@example.org");
              return new Commit(user, large(event(user), largest), Optional.empty());
            });

    assertThat(outcomes).containsOnly(new Committed());
    assertThat(writtenTogether("length(payload)", "user_events"))
        .isBetween(largest + 1L, (long) LARGE + largest);
  }

  /** Of every change the whole row is written, however small its event is. */
  @Test
  void users_with_large_attributes_travel_in_smaller_numbers() throws Exception {
    var largest = 16_000;
    Map<String, JsonValue> attributes = Map.of("a", new JsonString("x".repeat(largest)));
    var users = new ArrayList<ActiveUser>();
    for (var i = 0; i < 250; i++) {
      users.add(user(ACME, profile("u" + i + "@example.org", "Ana", attributes), START));
      assertThat(store.users().commit(commit(users.getLast()))).isEqualTo(new Committed());
    }

    all(
        250,
        i -> commit(changed(users.get(i), profile("u" + i + "@example.org", "N" + i, attributes))));

    assertThat(writtenTogether("length(attributes::text)", "users"))
        .isBetween(largest + 1L, LARGE + largest + 100L);
  }

  /** In one transaction at most. */
  private static long writtenTogether(String size, String table) throws SQLException {
    try (var connection = PostgresFixture.dataSource().getConnection();
        var row =
            connection
                .createStatement()
                .executeQuery(
                    "select max(size) from (select sum(%s) as size from %s group by xmin::text) as t"
                        .formatted(size, table))) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Each thread lives many lives on few addresses; whatever came of it obeys the one model. */
  @Test
  void everything_against_everything_leaves_a_state_that_its_events_lead_to() throws Exception {
    Collision.of(
        24,
        i ->
            () -> {
              var random = new Random(i);
              for (var n = 0; n < 15; n++) {
                live(random);
              }
              return i;
            });

    var states = new HashMap<Object, Long>();
    for (var pending : store.outbox().next(10_000)) {
      var event = pending.event();
      assertThat(event.version().value())
          .as("next version of " + event.user())
          .isEqualTo(states.merge(event.user(), 1L, Long::sum));
      assertThat(store.users().find(event.user())).isPresent();
    }
    states.forEach(
        (key, version) ->
            assertThat(store.users().find((io.userservice.domain.user.UserKey) key).orElseThrow())
                .extracting(found -> found.version().value())
                .isEqualTo(version));
  }

  private void live(Random random) {
    var user = user(ACME, "u" + random.nextInt(8) + "@example.org");
    if (!(store.users().commit(commit(user)) instanceof Committed)) {
      return;
    }
    var next = changed(user, profile("u" + random.nextInt(8) + "@example.org"));
    var current = store.users().commit(commit(next)) instanceof Committed ? next : user;
    var gone = deleted(current);
    assertThat(store.users().commit(commit(gone))).isEqualTo(new Committed());
    if (random.nextBoolean() && store.users().commit(commit(restored(gone))) instanceof Committed) {
      assertThat(store.users().commit(commit(deleted(restored(gone))))).isEqualTo(new Committed());
    }
  }

  @Test
  void when_the_database_is_away_all_are_told() throws Exception {
    var away = Persistence.awaitingSchema(PostgresFixture.dataSource(), () -> {}).users();

    Collision.of(
        50,
        i ->
            () -> {
              assertThatThrownBy(() -> away.commit(commit(user(ACME, "u" + i + "@example.org"))))
                  .isInstanceOf(StoreUnavailable.class);
              return i;
            });

    assertThat(store.outbox().next(10)).isEmpty();
  }

  private interface Making {
    Commit of(int i);
  }

  private List<Outcome> all(int count, Making commits) throws Exception {
    return Collision.of(count, i -> () -> store.users().commit(commits.of(i)));
  }

  private ActiveUser created(String email) {
    User user = user(ACME, email);
    assertThat(store.users().commit(commit(user))).isEqualTo(new Committed());
    return (ActiveUser) user;
  }
}
