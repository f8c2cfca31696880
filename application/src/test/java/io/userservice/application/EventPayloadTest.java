package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driving.EventType;
import io.userservice.application.testkit.SequentialIds;
import io.userservice.application.testkit.Users;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.UserEvent;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The published language, to the letter. */
final class EventPayloadTest {
  private static final UserKey KEY =
      new UserKey(ACME, new UserId(UUID.fromString("01a208fe-fa02-77a2-97be-a3a3d7c923cc")));
  private static final Instant T1 = Instant.ofEpochMilli(1_000);
  private static final Instant T2 = Instant.ofEpochMilli(2_000);
  private static final Instant T3 = Instant.ofEpochMilli(3_000);

  private final EventRecorder recorder = new EventRecorder(new SequentialIds());
  private final Happened<ActiveUser> created =
      ActiveUser.create(
          KEY, Users.profile("Ana@Example.org", "Ana", Map.of("team", new JsonString("blue"))), T1);

  @Test
  void created_carries_the_address_as_typed() {
    assertThat(payload(created.event()))
        .isEqualTo(
            """
            {"userId":"01a208fe-fa02-77a2-97be-a3a3d7c923cc","email":"Ana@Example.org",\
            "tenantId":"acme","timestamp":1000}\
            """);
  }

  @Test
  void updated_carries_each_change_and_no_other_field() {
    var attributes = new LinkedHashMap<String, JsonValue>();
    attributes.put("team", JsonValue.NULL);
    attributes.put("address", new JsonObject(Map.of("city", new JsonString("Köln"))));
    attributes.put("level", JsonNumber.of(3));
    var patch =
        new UserPatch(
            new Edit.Set<>(new EmailAddress("ana@example.com")),
            new Edit.Set<>(new UserName("Ana \"B\"")),
            new AttributesEdit.Merge(new JsonObject(attributes)));

    assertThat(created.user().apply(patch, T2))
        .isInstanceOfSatisfying(
            Happened.class,
            happened ->
                assertThat(payload(happened.event()))
                    .isEqualTo(
                        """
                        {"userId":"01a208fe-fa02-77a2-97be-a3a3d7c923cc","changes":{\
                        "email":{"from":"Ana@Example.org","to":"ana@example.com"},\
                        "name":{"from":"Ana","to":"Ana \\"B\\""},\
                        "attributes.team":{"from":"blue","to":null},\
                        "attributes.address":{"from":null,"to":{"city":"Köln"}},\
                        "attributes.level":{"from":null,"to":3}},\
                        "tenantId":"acme","timestamp":2000}\
                        """));
  }

  @Test
  void deleted_carries_who_and_when() {
    assertThat(payload(created.user().delete(T2).event()))
        .isEqualTo(
            """
            {"userId":"01a208fe-fa02-77a2-97be-a3a3d7c923cc","tenantId":"acme","timestamp":2000}\
            """);
  }

  @Test
  void a_restore_is_an_update_from_the_time_of_the_delete() {
    assertThat(payload(created.user().delete(T2).user().restore(T3).event()))
        .isEqualTo(
            """
            {"userId":"01a208fe-fa02-77a2-97be-a3a3d7c923cc",\
            "changes":{"deletedAt":{"from":2000,"to":null}},"tenantId":"acme","timestamp":3000}\
            """);
  }

  @Test
  void an_event_tells_who_caused_it_and_in_which_trace() {
    var caller = Users.caller(ACME);

    var event = recorder.record(created.event(), caller);

    assertThat(event.actor()).isEqualTo(caller.actor());
    assertThat(event.trace()).isEqualTo(caller.trace());
    assertThat(event.type()).isEqualTo(EventType.CREATED);
    assertThat(event.at()).isEqualTo(T1);
  }

  private String payload(UserEvent event) {
    return recorder.record(event, Users.caller(ACME)).payload().value();
  }
}
