package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.GLOBEX;
import static io.userservice.application.testkit.Users.caller;
import static io.userservice.application.testkit.Users.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.ManageUsers.CreateOutcome;
import io.userservice.application.driving.ManageUsers.Created;
import io.userservice.application.driving.ManageUsers.Deleted;
import io.userservice.application.driving.ManageUsers.EmailTaken;
import io.userservice.application.driving.ManageUsers.KeyReused;
import io.userservice.application.driving.ManageUsers.NotDeleted;
import io.userservice.application.driving.ManageUsers.NotFound;
import io.userservice.application.driving.ManageUsers.Precondition;
import io.userservice.application.driving.ManageUsers.Refused;
import io.userservice.application.driving.ManageUsers.Replayed;
import io.userservice.application.driving.ManageUsers.Restored;
import io.userservice.application.driving.ManageUsers.Stale;
import io.userservice.application.driving.ManageUsers.Unchanged;
import io.userservice.application.driving.ManageUsers.Updated;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.ReadEvents.Feed;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.application.testkit.Collision;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import io.userservice.domain.user.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ManageUsersTest {
  private static final Precondition ANY = new Precondition.AnyVersion();
  private static final Caller ANA = caller(ACME);

  private final Hexagon hexagon = new Hexagon();

  @Test
  void a_change_that_could_never_be_published_is_refused() {
    var id = created("ana@example.org").key().id();
    hexagon.stream.refusesMoreThan(300);
    var longName = new UserName("n".repeat(200));
    var patch =
        new UserPatch(new Edit.Keep<>(), new Edit.Set<>(longName), new AttributesEdit.Keep());

    var outcome = hexagon.manage().update(ANA, id, patch, ANY);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.violations())
                    .singleElement()
                    .satisfies(
                        violation -> {
                          assertThat(violation.code()).isEqualTo("change_too_large");
                          assertThat(violation.detail()).contains("300");
                        }));
    assertThat(hexagon.read().get(ANA, id).orElseThrow().version()).isEqualTo(Version.FIRST);
  }

  @Test
  void a_created_user_can_be_read_and_its_event_waits() {
    var user = created("ana@example.org");

    assertThat(hexagon.read().get(ANA, user.key().id())).contains(user);
    assertThat(pendingTypes()).containsExactly(EventType.CREATED);
  }

  @Test
  void times_are_whole_milliseconds() {
    var hexagon = new Hexagon(() -> Instant.parse("2026-01-01T00:00:00.123456789Z"));

    assertThat(hexagon.manage().create(ANA, profile("a@example.org"), Optional.empty()))
        .isInstanceOfSatisfying(
            Created.class,
            created ->
                assertThat(created.user().createdAt())
                    .isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z")));
  }

  @Test
  void a_taken_address_is_told() {
    created("ana@example.org");

    assertThat(hexagon.manage().create(ANA, profile("ANA@example.org"), Optional.empty()))
        .isEqualTo(new EmailTaken());
  }

  @Test
  void a_key_replays_its_request_and_refuses_another() {
    var claim = Optional.of(new IdempotencyClaim("key", "same"));
    var other = Optional.of(new IdempotencyClaim("key", "other"));
    var first = hexagon.manage().create(ANA, profile("ana@example.org"), claim);

    assertThat(first)
        .isInstanceOfSatisfying(
            Created.class,
            created ->
                assertThat(hexagon.manage().create(ANA, profile("ana@example.org"), claim))
                    .isEqualTo(new Replayed(created.user())));
    assertThat(hexagon.manage().create(ANA, profile("b@example.org"), other))
        .isEqualTo(new KeyReused());
  }

  @Test
  void an_update_is_the_next_version() {
    var user = created("ana@example.org");

    assertThat(hexagon.manage().update(ANA, user.key().id(), named("Bea"), ANY))
        .isInstanceOfSatisfying(
            Updated.class,
            updated -> {
              assertThat(updated.user().version()).isEqualTo(new Version(2));
              assertThat(hexagon.read().get(ANA, user.key().id())).contains(updated.user());
            });
  }

  @Test
  void an_update_that_changes_nothing_raises_no_version_and_no_event() {
    var user = created("ana@example.org");

    assertThat(hexagon.manage().update(ANA, user.key().id(), named("Ana"), ANY))
        .isEqualTo(new Unchanged(user));
    assertThat(pendingTypes()).containsExactly(EventType.CREATED);
  }

  @Test
  void an_update_of_another_version_is_stale() {
    var user = created("ana@example.org");
    var second = new Precondition.OneOf(Set.of(new Version(2)));

    assertThat(hexagon.manage().update(ANA, user.key().id(), named("Bea"), second))
        .isEqualTo(new Stale(Version.FIRST));
    assertThat(hexagon.manage().delete(ANA, user.key().id(), second))
        .isEqualTo(new Stale(Version.FIRST));
  }

  @Test
  void an_update_to_a_taken_address_is_refused() {
    created("ana@example.org");
    var bob = created("bob@example.org");
    var patch =
        new UserPatch(
            new Edit.Set<>(new EmailAddress("Ana@example.org")),
            new Edit.Keep<>(),
            new AttributesEdit.Keep());

    assertThat(hexagon.manage().update(ANA, bob.key().id(), patch, ANY))
        .isEqualTo(new EmailTaken());
  }

  @Test
  void attributes_that_grow_too_large_are_refused() {
    var user = created("ana@example.org");
    var large = new JsonObject(Map.of("a", new JsonString("x".repeat(17_000))));
    var patch =
        new UserPatch(new Edit.Keep<>(), new Edit.Keep<>(), new AttributesEdit.Merge(large));

    assertThat(hexagon.manage().update(ANA, user.key().id(), patch, ANY))
        .isInstanceOf(Refused.class);
    assertThat(pendingTypes()).containsExactly(EventType.CREATED);
  }

  @Test
  void a_deleted_user_is_not_found_and_can_be_restored() {
    var user = created("ana@example.org");
    var id = user.key().id();

    assertThat(hexagon.manage().delete(ANA, id, ANY)).isEqualTo(new Deleted());

    assertThat(hexagon.read().get(ANA, id)).isEmpty();
    assertThat(hexagon.manage().update(ANA, id, named("B"), ANY)).isEqualTo(new NotFound());
    assertThat(hexagon.manage().delete(ANA, id, ANY)).isEqualTo(new NotFound());
    assertThat(hexagon.manage().restore(ANA, id, ANY)).isInstanceOf(Restored.class);
    assertThat(hexagon.manage().restore(ANA, id, ANY)).isEqualTo(new NotDeleted());
    assertThat(hexagon.read().get(ANA, id).orElseThrow().profile()).isEqualTo(user.profile());
    assertThat(pendingTypes())
        .containsExactly(EventType.CREATED, EventType.DELETED, EventType.UPDATED);
  }

  @Test
  void a_restore_is_refused_while_another_has_the_address() {
    var user = created("ana@example.org");
    hexagon.manage().delete(ANA, user.key().id(), ANY);
    created("ana@example.org");

    assertThat(hexagon.manage().restore(ANA, user.key().id(), ANY)).isEqualTo(new EmailTaken());
  }

  @Test
  void another_tenants_user_is_not_found() {
    var id = created("ana@example.org").key().id();
    var stranger = caller(GLOBEX);

    assertThat(hexagon.read().get(stranger, id)).isEmpty();
    assertThat(hexagon.manage().update(stranger, id, named("B"), ANY)).isEqualTo(new NotFound());
    assertThat(hexagon.manage().delete(stranger, id, ANY)).isEqualTo(new NotFound());
    assertThat(hexagon.manage().restore(stranger, id, ANY)).isEqualTo(new NotFound());
    assertThat(hexagon.events().history(stranger, id, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void of_many_updates_without_a_precondition_all_are_done() throws Exception {
    var id = created("ana@example.org").key().id();

    var outcomes =
        Collision.of(50, i -> () -> hexagon.manage().update(ANA, id, named("N" + i), ANY));

    assertThat(outcomes).allMatch(Updated.class::isInstance);
    assertThat(hexagon.read().get(ANA, id).orElseThrow().version()).isEqualTo(new Version(51));
  }

  @Test
  void of_many_updates_of_one_version_one_is_done() throws Exception {
    var id = created("ana@example.org").key().id();
    var first = new Precondition.OneOf(Set.of(Version.FIRST));

    var outcomes =
        Collision.of(50, i -> () -> hexagon.manage().update(ANA, id, named("N" + i), first));

    assertThat(outcomes).filteredOn(Updated.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Stale.class::isInstance).hasSize(49);
  }

  @Test
  void any_but_a_version_is_a_precondition_too() {
    var id = created("ana@example.org").key().id();
    var notFirst = new Precondition.NoneOf(Set.of(Version.FIRST));

    assertThat(hexagon.manage().update(ANA, id, named("B"), notFirst))
        .isEqualTo(new Stale(Version.FIRST));
    hexagon.manage().update(ANA, id, named("B"), ANY);
    assertThat(hexagon.manage().update(ANA, id, named("C"), notFirst)).isInstanceOf(Updated.class);
  }

  @Test
  void a_restore_of_another_version_is_stale() {
    var id = created("ana@example.org").key().id();
    hexagon.manage().delete(ANA, id, ANY);

    assertThat(hexagon.manage().restore(ANA, id, new Precondition.OneOf(Set.of(Version.FIRST))))
        .isEqualTo(new Stale(new Version(2)));
  }

  @Test
  void a_restore_of_a_living_user_is_no_restore_at_whatever_version() {
    var id = created("ana@example.org").key().id();

    assertThat(hexagon.manage().restore(ANA, id, new Precondition.OneOf(Set.of(new Version(2)))))
        .isEqualTo(new NotDeleted());
  }

  @Test
  void users_are_listed() {
    var ana = created("ana@example.org");
    var bob = created("bob@example.org");
    var byEmail = new UserQuery(Filter.NONE, Sort.EMAIL, 1, Optional.empty());

    var page = hexagon.read().list(ANA, byEmail);

    assertThat(page.items()).containsExactly(ana);
    assertThat(hexagon.read().list(ANA, new UserQuery(Filter.NONE, Sort.EMAIL, 1, page.next())))
        .isEqualTo(new Page<>(List.of(bob), Optional.empty()));
  }

  @Test
  void a_change_that_can_just_be_published_is_done() {
    var id = created("ana@example.org").key().id();
    hexagon.manage().update(ANA, id, named("Bea"), ANY);
    var bytes = hexagon.persistence.outbox().next(2).getLast().event().payload().utf8().length;

    hexagon.stream.refusesMoreThan(bytes);
    assertThat(hexagon.manage().update(ANA, id, named("Ana"), ANY)).isInstanceOf(Updated.class);
    hexagon.stream.refusesMoreThan(bytes - 1);
    assertThat(hexagon.manage().update(ANA, id, named("Bea"), ANY)).isInstanceOf(Refused.class);
  }

  @Test
  void a_history_that_is_just_one_page_ends_with_it() {
    var id = created("ana@example.org").key().id();
    hexagon.manage().update(ANA, id, named("B"), ANY);

    var page = hexagon.events().history(ANA, id, Optional.empty(), 2).orElseThrow();

    assertThat(page.items()).hasSize(2);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void a_feed_without_anything_new_goes_on_from_the_same_place() {
    var here = new Position(7);

    assertThat(hexagon.events().changes(ANA, here, 10)).isEqualTo(new Feed(List.of(), here));
  }

  @Test
  void a_history_is_paged_newest_first() {
    var id = created("ana@example.org").key().id();
    hexagon.manage().update(ANA, id, named("B"), ANY);
    hexagon.manage().update(ANA, id, named("C"), ANY);

    var page = hexagon.events().history(ANA, id, Optional.empty(), 2).orElseThrow();
    var rest = hexagon.events().history(ANA, id, page.next(), 2).orElseThrow();

    assertThat(page.items()).extracting(event -> event.version().value()).containsExactly(3L, 2L);
    assertThat(rest.items()).extracting(event -> event.version().value()).containsExactly(1L);
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void a_store_that_is_away_is_told_as_such() {
    hexagon.persistence.available(false);

    assertThatThrownBy(() -> created("ana@example.org")).isInstanceOf(StoreUnavailable.class);
  }

  private ActiveUser created(String email) {
    return switch (hexagon.manage().create(ANA, profile(email), Optional.empty())) {
      case Created(var user) -> user;
      case CreateOutcome other -> throw new AssertionError(other);
    };
  }

  private static UserPatch named(String name) {
    return new UserPatch(
        new Edit.Keep<>(), new Edit.Set<>(new UserName(name)), new AttributesEdit.Keep());
  }

  private List<EventType> pendingTypes() {
    return hexagon.persistence.outbox().next(100).stream()
        .map(Pending::event)
        .map(event -> event.type())
        .toList();
  }
}
