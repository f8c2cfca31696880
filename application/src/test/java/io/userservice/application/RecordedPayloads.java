package io.userservice.application;

import static io.userservice.application.testkit.Users.ACME;

import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.SequentialIds;
import io.userservice.application.testkit.Users;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserEvent;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One event of each kind that there is, made by the domain and recorded by the real recorder. */
public final class RecordedPayloads {
  private static final Instant T1 = Instant.ofEpochMilli(1_795_447_257_603L);
  private static final Instant T2 = T1.plusMillis(1);
  private static final Instant T3 = T1.plusMillis(2);

  private final EventRecorder recorder = new EventRecorder(new SequentialIds());
  private final UserKey key;
  private final Happened<ActiveUser> created;

  private RecordedPayloads(TenantId tenant, Profile profile) {
    this.key =
        new UserKey(tenant, new UserId(UUID.fromString("01a208fe-fa02-77a2-97be-a3a3d7c923cc")));
    this.created = ActiveUser.create(key, profile, T1);
  }

  /** All kinds of events, for an ordinary user and for one at the limits of what is accepted. */
  public static List<RecordedEvent> all() {
    return Stream.concat(
            new RecordedPayloads(ACME, Users.profile("ana@example.org")).events(),
            new RecordedPayloads(new TenantId("!\"\\~".repeat(32)), atTheLimits()).events())
        .toList();
  }

  private static Profile atTheLimits() {
    return Users.profile(
        "ü".repeat(30) + "@" + "a.".repeat(90) + "example", "𝒜".repeat(200), attributes());
  }

  private static Map<String, JsonValue> attributes() {
    var attributes = new LinkedHashMap<String, JsonValue>();
    attributes.put("text", new JsonString("\u0000\"ß𝒜"));
    attributes.put("number", new JsonNumber(new BigDecimal("-1e-300")));
    attributes.put("flag", new JsonBoolean(false));
    attributes.put("list", new JsonArray(List.of(JsonValue.NULL, JsonNumber.of(1))));
    attributes.put("k".repeat(64), new JsonObject(Map.of("a", JsonObject.EMPTY)));
    return attributes;
  }

  private Stream<RecordedEvent> events() {
    var deleted = created.user().delete(T2);
    return Stream.of(
            created.event(),
            deleted.event(),
            deleted.user().restore(T3).event(),
            changed(new Edit.Set<>(new EmailAddress("ANA@example.org")), keep(), noAttributes()),
            changed(keep(), new Edit.Set<>(new UserName("Anna")), noAttributes()),
            changed(keep(), keep(), new AttributesEdit.Merge(new JsonObject(added()))),
            changed(keep(), new Edit.Set<>(new UserName("Annie")), new AttributesEdit.Reset()),
            changed(
                new Edit.Set<>(new EmailAddress("b@example.org")),
                new Edit.Set<>(new UserName("B")),
                new AttributesEdit.Merge(new JsonObject(added()))))
        .map(event -> recorder.record(event, Users.caller(key.tenant())));
  }

  private static <T> Edit<T> keep() {
    return new Edit.Keep<>();
  }

  private static AttributesEdit noAttributes() {
    return new AttributesEdit.Keep();
  }

  /** One that comes, one that goes, one that alters its type. */
  private static Map<String, JsonValue> added() {
    return Map.of(
        "new-One_1", JsonNumber.of(7), "text", JsonValue.NULL, "flag", new JsonString("no"));
  }

  private UserEvent changed(
      Edit<EmailAddress> email, Edit<UserName> name, AttributesEdit attributes) {
    if (created.user().apply(new UserPatch(email, name, attributes), T2)
        instanceof Happened<?> happened) {
      return happened.event();
    }
    throw new AssertionError("the patch changes something");
  }
}
