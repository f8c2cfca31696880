package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.domain.json.JsonText;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.user.Change.NameChanged;
import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.Decision.Nothing;
import io.userservice.domain.user.UserEvent.Created;
import io.userservice.domain.user.UserEvent.Deleted;
import io.userservice.domain.user.UserEvent.Updated;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the properties leave open, as they compare a user with its own events: that things do
 * happen.
 */
final class ActiveUserTest {
  private static final Instant CREATED = Instant.ofEpochMilli(1_000);
  private static final Instant LATER = Instant.ofEpochMilli(2_000);
  private static final Profile ANA = profile("Ana");
  private static final ActiveUser USER = ActiveUser.create(RandomUsers.KEY, ANA, CREATED).user();

  @Test
  void is_created_at_version_1() {
    assertThat(ActiveUser.create(RandomUsers.KEY, ANA, CREATED))
        .isEqualTo(
            new Happened<>(
                new ActiveUser(RandomUsers.KEY, new Version(1), ANA, CREATED, CREATED),
                new Created(RandomUsers.KEY, CREATED, ANA)));
  }

  @Test
  void a_change_makes_the_next_version_and_its_event() {
    assertThat(USER.apply(name("Ana Lima"), LATER))
        .isEqualTo(
            new Happened<>(
                new ActiveUser(
                    RandomUsers.KEY, new Version(2), profile("Ana Lima"), CREATED, LATER),
                new Updated(
                    RandomUsers.KEY,
                    new Version(2),
                    LATER,
                    new Changes(
                        List.of(new NameChanged(new UserName("Ana"), new UserName("Ana Lima")))))));
  }

  @Test
  void a_change_of_another_field_does_not_look_into_attributes_that_are_stored() {
    var attributes =
        Attributes.stored(
            new JsonText("{\"a\":1}"),
            _ -> {
              throw new AssertionError("nobody needs to look");
            });
    var profile = new Profile(ANA.email(), ANA.name(), attributes);
    var user = new ActiveUser(RandomUsers.KEY, new Version(1), profile, CREATED, CREATED);

    assertThat(user.apply(name("Ana Lima"), LATER)).isInstanceOf(Happened.class);
  }

  @Test
  void what_changes_nothing_makes_neither() {
    assertThat(USER.apply(name("Ana"), LATER)).isEqualTo(new Nothing(USER));
  }

  @Test
  void its_deletion_is_a_version_too() {
    assertThat(USER.delete(LATER))
        .isEqualTo(
            new Happened<>(
                new DeletedUser(RandomUsers.KEY, new Version(2), ANA, CREATED, LATER),
                new Deleted(RandomUsers.KEY, new Version(2), LATER)));
  }

  private static UserPatch name(String name) {
    return new UserPatch(
        new Edit.Keep<>(), new Edit.Set<>(new UserName(name)), new AttributesEdit.Keep());
  }

  private static Profile profile(String name) {
    return new Profile(
        new EmailAddress("ana@example.org"), new UserName(name), new Attributes(JsonObject.EMPTY));
  }
}
