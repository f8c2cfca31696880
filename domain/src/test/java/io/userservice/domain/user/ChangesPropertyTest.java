package io.userservice.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.user.Change.AttributeChanged;
import io.userservice.domain.user.Change.EmailChanged;
import io.userservice.domain.user.Change.NameChanged;
import io.userservice.domain.user.Change.Restored;
import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.Decision.Nothing;
import io.userservice.domain.user.Decision.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of diffs and lives, for any users. */
final class ChangesPropertyTest {

  @Property
  void equal_profiles_have_no_difference(@ForAll("profiles") Profile profile) {
    assertThat(Changes.between(profile, withMembersReversed(profile))).isEmpty();
  }

  @Property
  void the_new_values_of_a_diff_make_the_old_profile_the_new_one(
      @ForAll("profiles") Profile before, @ForAll("profiles") Profile after) {
    var applied =
        Changes.between(before, after)
            .map(changes -> Replay.applied(before, changes))
            .orElse(before);

    assertThat(applied).isEqualTo(after);
  }

  @Property
  void the_old_values_of_a_diff_make_the_new_profile_the_old_one(
      @ForAll("profiles") Profile before, @ForAll("profiles") Profile after) {
    var undone =
        Changes.between(before, after).map(changes -> Replay.undone(after, changes)).orElse(after);

    assertThat(undone).isEqualTo(before);
  }

  @Property
  void a_diff_names_no_field_that_did_not_change(
      @ForAll("profiles") Profile before, @ForAll("profiles") Profile after) {
    var changes = Changes.between(before, after).map(Changes::values).orElse(List.of());

    assertThat(changes).doesNotHaveDuplicates().allMatch(ChangesPropertyTest::isReal);
  }

  private static boolean isReal(Change change) {
    return switch (change) {
      case EmailChanged(var from, var to) -> !from.equals(to);
      case NameChanged(var from, var to) -> !from.equals(to);
      case AttributeChanged(_, var from, var to) -> !from.equals(to);
      case Restored _ -> false;
    };
  }

  @Property
  void a_patch_that_was_applied_changes_nothing_when_applied_again(
      @ForAll("profiles") Profile profile, @ForAll("patches") UserPatch patch) {
    var user = ActiveUser.create(RandomUsers.KEY, profile, Instant.EPOCH).user();
    var once =
        user.apply(patch, Instant.EPOCH) instanceof Happened<?>(ActiveUser next, _) ? next : user;

    assertThat(once.apply(patch, Instant.EPOCH)).isEqualTo(new Nothing(once));
  }

  @Property
  void the_events_of_any_life_give_the_user_as_it_is(@ForAll("lives") Life life) {
    var created = ActiveUser.create(RandomUsers.KEY, life.profile(), Instant.EPOCH);
    User user = created.user();
    var events = new ArrayList<UserEvent>(List.of(created.event()));
    for (var step : life.steps()) {
      var before = user;
      user = lived(user, step, events);
      assertThat(user.updatedAt()).as("time runs on").isAfterOrEqualTo(before.updatedAt());
    }

    assertThat(Replay.of(events)).isEqualTo(user);
    assertThat(events).extracting(event -> event.version().value()).isEqualTo(upTo(events.size()));
  }

  private static User lived(User user, Step step, List<UserEvent> events) {
    var decision =
        switch (user) {
          case ActiveUser active when step.dies() -> active.delete(step.at());
          case ActiveUser active -> active.apply(step.patch(), step.at());
          case DeletedUser deleted -> deleted.restore(step.at());
        };
    return switch (decision) {
      case Happened<?>(var next, var event) -> {
        events.add(event);
        yield next;
      }
      case Nothing(var same) -> same;
      case Refused(var violations) -> throw new AssertionError(violations);
    };
  }

  private static List<Long> upTo(int count) {
    var numbers = new ArrayList<Long>();
    for (var i = 1L; i <= count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private static Profile withMembersReversed(Profile profile) {
    var names = new ArrayList<>(profile.attributes().value().members().keySet());
    Collections.reverse(names);
    var members = new LinkedHashMap<String, JsonValue>();
    names.forEach(name -> members.put(name, profile.attributes().value().members().get(name)));
    return new Profile(profile.email(), profile.name(), new Attributes(new JsonObject(members)));
  }

  /** What happens to a user: it changes, dies, or (when it is dead) lives again. */
  record Step(boolean dies, UserPatch patch, Instant at) {}

  record Life(Profile profile, List<Step> steps) {}

  @Provide
  Arbitrary<Profile> profiles() {
    return RandomUsers.profiles();
  }

  @Provide
  Arbitrary<UserPatch> patches() {
    return RandomUsers.patches();
  }

  @Provide
  Arbitrary<Life> lives() {
    var dies = Arbitraries.of(true, false, false, false);
    var steps = Combinators.combine(dies, RandomUsers.patches(), RandomUsers.times()).as(Step::new);
    return Combinators.combine(RandomUsers.profiles(), steps.list().ofMaxSize(12)).as(Life::new);
  }

  /** A line that somebody forgets in {@link Changes#between} is found here. */
  @Property(tries = 1)
  void every_component_of_a_profile_is_compared() throws ReflectiveOperationException {
    var one = profile("a@example.org", "Ana", new Attributes(JsonObject.EMPTY));
    var other =
        profile(
            "b@example.org", "Bob", new Attributes(new JsonObject(Map.of("a", JsonNumber.of(1)))));
    var components = Profile.class.getRecordComponents();
    for (var altered = 0; altered < components.length; altered++) {
      var values = new Object[components.length];
      for (var i = 0; i < values.length; i++) {
        values[i] = components[i].getAccessor().invoke(i == altered ? other : one);
      }
      var mixed = (Profile) Profile.class.getDeclaredConstructors()[0].newInstance(values);
      assertThat(Changes.between(one, mixed))
          .as("a change of " + components[altered].getName())
          .map(changes -> changes.values().size())
          .isEqualTo(Optional.of(1));
    }
  }

  private static Profile profile(String email, String name, Attributes attributes) {
    return new Profile(new EmailAddress(email), new UserName(name), attributes);
  }
}
