package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.START;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.deleted;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driving.Page;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Deleted;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises of {@link io.userservice.application.driven.UserDirectory}, one test each. */
public abstract class UserDirectoryContract extends PersistenceContract {
  private static final int FAR_TOO_MANY = 500;

  @Test
  void a_tenant_sees_its_own_users_only() {
    var ana = added(user(ACME, "ana@example.org"));
    added(user(GLOBEX, "bob@example.org"));

    assertThat(list(Filter.NONE)).containsExactly(ana);
  }

  @Test
  void users_are_listed_as_they_are() {
    var attributes = Map.<String, JsonValue>of("team", new JsonString("blau"));
    var ana = added(user(ACME, profile("A\u030ana@Example.org", "A\u030ana", attributes), START));
    var bob = added(user(ACME, profile("bob@example.org", "Bob", attributes), START.plusMillis(1)));
    var gone = deleted(bob);
    commit(gone);

    for (var sort : Sort.values()) {
      assertThat(walk(sort, 1)).containsExactly(ana);
    }
    assertThat(list(filter(Deleted.ONLY))).containsExactly(gone);
  }

  @Test
  void deleted_users_are_seen_as_demanded() {
    var ana = added(user(ACME, "ana@example.org"));
    var bob = added(user(ACME, "bob@example.org"));
    var gone = deleted(bob);
    commit(gone);

    assertThat(list(filter(Deleted.EXCLUDE))).containsExactly(ana);
    assertThat(list(filter(Deleted.ONLY))).containsExactly(gone);
    assertThat(list(filter(Deleted.INCLUDE))).containsExactlyInAnyOrder(ana, gone);
  }

  @Test
  void any_condition_finds_deleted_users_too_if_demanded() {
    var ana = added(user(ACME, "ana@example.org"));
    var gone = deleted(ana);
    commit(gone);
    added(user(ACME, profile("bob@example.org", "Bob"), START));

    for (var filter :
        List.of(email("ANA@example.org"), ids(Set.of(ana.key().id())), prefix("an"))) {
      assertThat(list(filter)).isEmpty();
      assertThat(list(with(filter, Deleted.ONLY))).containsExactly(gone);
      assertThat(list(with(filter, Deleted.INCLUDE))).containsExactly(gone);
    }
    assertThat(list(with(updatedSince(gone.deletedAt()), Deleted.INCLUDE))).containsExactly(gone);
  }

  @ParameterizedTest
  @CsvSource({
    "Ana@Example.org, aNA@EXAMPLE.org",
    "straße@example.org, STRASSE@example.org",
    "a\u030a@example.org, \u00c5@example.org",
    "ana@bücher.example, Ana@xn--bcher-kva.example",
  })
  void an_email_address_is_found_in_any_spelling(String typed, String other) {
    var ana = added(user(ACME, typed));
    added(user(ACME, "bob@example.org"));

    assertThat(list(email(other))).containsExactly(ana);
    assertThat(list(email("nobody@example.org"))).isEmpty();
  }

  @Test
  void a_user_is_found_by_what_it_is_and_no_more_by_what_it_was() {
    var ana = added(user(ACME, profile("ana@example.org", "Ana"), START));
    var bob = added(user(ACME, profile("bob@example.org", "Bob"), START));
    var renamed = changed(ana, profile("cleo@example.org", "Cleo"));

    commit(renamed);

    assertThat(list(email("ana@example.org"))).isEmpty();
    assertThat(list(email("cleo@example.org"))).containsExactly(renamed);
    assertThat(list(prefix("ana"))).isEmpty();
    assertThat(list(prefix("cleo"))).containsExactly(renamed);
    assertThat(walk(Sort.EMAIL, 9)).containsExactly(bob, renamed);
    assertThat(walk(Sort.NAME, 9)).containsExactly(bob, renamed);
  }

  @Test
  void ids_are_found_and_unknown_ones_passed_over() {
    var ana = added(user(ACME, "ana@example.org"));
    added(user(ACME, "bob@example.org"));
    var foreign = added(user(GLOBEX, "bob@example.org"));
    var unknown = user(ACME, "x@example.org").key().id();

    assertThat(list(ids(Set.of(ana.key().id(), foreign.key().id(), unknown)))).containsExactly(ana);
  }

  @Test
  void as_many_ids_are_found_as_a_page_has_users() {
    var ids = new HashSet<UserId>();
    for (var i = 0; i < UserQuery.MAX_LIMIT; i++) {
      ids.add(added(user(ACME, "u" + i + "@example.org")).key().id());
    }

    assertThat(list(ids(ids))).hasSize(UserQuery.MAX_LIMIT);
  }

  @Test
  void a_prefix_is_one_of_the_name_or_of_the_email_address_letter_case_aside() {
    var byName = added(user(ACME, profile("x1@example.org", "ÄNNE Meier"), START));
    var byEmail = added(user(ACME, profile("Änne@example.org", "Someone"), START));
    added(user(ACME, profile("x2@example.org", "Not Änne"), START));

    assertThat(list(prefix("änN"))).containsExactlyInAnyOrder(byName, byEmail);
    var folded = added(user(ACME, profile("x3@example.org", "STRASSER"), START));
    assertThat(list(prefix("straß"))).containsExactly(folded);
  }

  @Test
  void a_prefix_is_taken_literally() {
    var percent = added(user(ACME, profile("x1@example.org", "100%_\\ sure"), START));
    added(user(ACME, profile("x2@example.org", "100 of them"), START));

    assertThat(list(prefix("100%_\\"))).containsExactly(percent);
    assertThat(list(prefix("%"))).isEmpty();
    assertThat(list(prefix("_"))).isEmpty();
  }

  @Test
  void created_after_is_exclusive_and_updated_since_inclusive() {
    var first = added(user(ACME, profile("a@example.org"), START));
    var second = added(user(ACME, profile("b@example.org"), START.plusMillis(1)));

    assertThat(list(createdAfter(START))).containsExactly(second);
    assertThat(list(updatedSince(START.plusMillis(1)))).containsExactly(second);
    assertThat(list(updatedSince(START))).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void updated_since_looks_at_the_last_change() {
    var ana = added(user(ACME, "ana@example.org"));
    added(user(ACME, "bob@example.org"));
    var renamed = changed(ana, profile("ana@example.com"));

    commit(renamed);

    assertThat(list(updatedSince(renamed.updatedAt()))).containsExactly(renamed);
    assertThat(list(updatedSince(renamed.updatedAt().plusMillis(1)))).isEmpty();
  }

  @Test
  void all_conditions_must_hold() {
    var ana = added(user(ACME, profile("ana@example.org", "Ana"), START));
    added(user(ACME, profile("anabel@example.org", "Ana"), START));
    var filter =
        new Filter(
            Optional.of(new EmailAddress("ana@example.org")),
            Set.of(ana.key().id()),
            Optional.of("an"),
            Optional.of(START.minusMillis(1)),
            Optional.of(START),
            Deleted.EXCLUDE);

    assertThat(list(filter)).containsExactly(ana);
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void a_walk_in_any_order_sees_every_user_once_and_in_order(Sort sort) {
    var users = new ArrayList<User>(someUsers());
    var expected = users.stream().sorted(order(sort)).toList();

    assertThat(walk(sort, 4)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void a_condition_holds_on_every_page_of_a_walk(Sort sort) {
    var wanted = someUsers().stream().filter(user -> isNamed(user, "n1")).toList();

    var seen = walk(prefix("n1"), sort, 1);

    assertThat(wanted).hasSizeGreaterThan(2);
    assertThat(seen).doesNotHaveDuplicates().hasSameSizeAs(wanted);
    assertThat(seen).allMatch(user -> isNamed(user, "n1"));
  }

  private static boolean isNamed(User user, String key) {
    return user.profile().name().key().equals(key);
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void a_walk_sees_every_lasting_user_once_while_others_come_and_go(Sort sort) {
    var lasting = new HashSet<User>(someUsers());
    var passing = added(user(ACME, profile("passing@example.org", "Passing"), START));
    var seen = new ArrayList<User>();
    var after = Optional.<Keyset>empty();
    var round = 0;
    do {
      var page = page(sort, 3, after);
      seen.addAll(page.items());
      assertThat(seen).as("the walk comes to an end").hasSizeLessThan(FAR_TOO_MANY);
      after = page.next();
      added(
          user(
              ACME, profile("new" + round + "@example.org", "N" + round), START.plusMillis(round)));
      if (round++ == 0) {
        commit(deleted(passing));
      }
    } while (after.isPresent());

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen).containsAll(lasting);
  }

  @Test
  void a_page_tells_where_to_go_on_only_if_more_is_there() {
    someUsers();

    assertThat(page(Sort.CREATED_AT, 12, Optional.empty()).next()).isEmpty();
    assertThat(page(Sort.CREATED_AT, 11, Optional.empty()).next()).isPresent();
    assertThat(page(Sort.CREATED_AT, 200, Optional.empty()).items()).hasSize(12);
  }

  @Test
  void texts_are_ordered_code_point_by_code_point() {
    var latin = added(user(ACME, profile("a1@example.org", "z"), START));
    var accent = added(user(ACME, profile("a2@example.org", "ä"), START));
    var late = added(user(ACME, profile("a3@example.org", "\uffee"), START));
    var emoji = added(user(ACME, profile("a4@example.org", "😀"), START));

    assertThat(walk(Sort.NAME, 1)).containsExactly(latin, accent, late, emoji);
  }

  private List<ActiveUser> someUsers() {
    var users = new ArrayList<ActiveUser>();
    for (var i = 0; i < 12; i++) {
      // same times and names now and then, so that the id must decide
      var at = START.plusMillis(i / 3);
      var user = added(user(ACME, profile("u" + (i * 7 % 12) + "@example.org", "N" + i % 4), at));
      users.add(i % 5 == 0 ? changedAndKept(user, i) : user);
    }
    return users;
  }

  private ActiveUser changedAndKept(ActiveUser user, int i) {
    var next = changed(user, profile(user.profile().email().value(), "N" + i % 3));
    commit(next);
    return next;
  }

  private static Comparator<User> order(Sort sort) {
    Comparator<User> byValue =
        switch (sort) {
          case CREATED_AT, CREATED_AT_DESCENDING -> Comparator.comparing(User::createdAt);
          case UPDATED_AT, UPDATED_AT_DESCENDING -> Comparator.comparing(User::updatedAt);
          case EMAIL -> Comparator.comparing(user -> user.profile().email().canonical());
          case NAME -> Comparator.comparing(user -> user.profile().name().key());
        };
    var ascending = byValue.thenComparing(user -> user.key().id().toString());
    return sort.descending() ? ascending.reversed() : ascending;
  }

  private List<User> walk(Sort sort, int limit) {
    return walk(Filter.NONE, sort, limit);
  }

  private List<User> walk(Filter filter, Sort sort, int limit) {
    var seen = new ArrayList<User>();
    var after = Optional.<Keyset>empty();
    do {
      var page = store.directory().list(ACME, new UserQuery(filter, sort, limit, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(page.items());
      assertThat(seen).as("the walk comes to an end").hasSizeLessThan(FAR_TOO_MANY);
      after = page.next();
    } while (after.isPresent());
    return seen;
  }

  private Page<User, Keyset> page(Sort sort, int limit, Optional<Keyset> after) {
    return store.directory().list(ACME, new UserQuery(Filter.NONE, sort, limit, after));
  }

  private List<User> list(Filter filter) {
    return store
        .directory()
        .list(ACME, new UserQuery(filter, Sort.CREATED_AT, 200, Optional.empty()))
        .items();
  }

  private ActiveUser added(ActiveUser user) {
    commit(user);
    return user;
  }

  private static Filter filter(Deleted deleted) {
    return with(Filter.NONE, deleted);
  }

  private static Filter with(Filter filter, Deleted deleted) {
    return new Filter(
        filter.email(),
        filter.ids(),
        filter.prefix(),
        filter.createdAfter(),
        filter.updatedSince(),
        deleted);
  }

  private static Filter email(String email) {
    return new Filter(
        Optional.of(new EmailAddress(email)),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Deleted.EXCLUDE);
  }

  private static Filter ids(Set<UserId> ids) {
    return new Filter(
        Optional.empty(),
        ids,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Deleted.EXCLUDE);
  }

  private static Filter prefix(String prefix) {
    return new Filter(
        Optional.empty(),
        Set.of(),
        Optional.of(prefix),
        Optional.empty(),
        Optional.empty(),
        Deleted.EXCLUDE);
  }

  private static Filter createdAfter(Instant instant) {
    return new Filter(
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.of(instant),
        Optional.empty(),
        Deleted.EXCLUDE);
  }

  private static Filter updatedSince(Instant instant) {
    return new Filter(
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(instant),
        Deleted.EXCLUDE);
  }

  @Test
  void a_store_out_of_reach_is_unavailable() {
    assertUnavailable(() -> page(Sort.CREATED_AT, 10, Optional.empty()));
  }
}
