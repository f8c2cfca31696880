package io.userservice.application.testkit;

import io.userservice.application.driven.Commit;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Attributes;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Users and commits with defaults, for tests that care for one thing about them. */
public final class Users {
  public static final TenantId ACME = new TenantId("acme");
  public static final TenantId GLOBEX = new TenantId("globex");

  /** Not on a second: who keeps seconds alone is found out. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00.987Z");

  private Users() {}

  /** A caller of the tenant, with an actor and a trace. */
  public static Caller caller(TenantId tenant) {
    return new Caller(
        tenant,
        Optional.of(new Actor("tester")),
        Optional.of(new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
  }

  /**
   * Names of twelve letters and digits, 729 at most, that the usual hash of strings doesn't tell
   * apart, whatever its seed.
   */
  public static List<String> namesOfOneHash(int count) {
    var names = List.of("");
    for (var i = 0; i < 6; i++) {
      names =
          names.stream().flatMap(name -> Stream.of("az", "bY", "c8").map(name::concat)).toList();
    }
    return names.subList(0, count);
  }

  public static Profile profile(String email) {
    return profile(email, "Ana");
  }

  public static Profile profile(String email, String name) {
    return profile(email, name, Map.of());
  }

  public static Profile profile(String email, String name, Map<String, JsonValue> attributes) {
    return new Profile(
        new EmailAddress(email), new UserName(name), new Attributes(new JsonObject(attributes)));
  }

  /** A user at version 1 with a new id, created at {@link #START}. */
  public static ActiveUser user(TenantId tenant, String email) {
    return user(tenant, profile(email), START);
  }

  public static ActiveUser user(TenantId tenant, Profile profile, Instant createdAt) {
    var key = new UserKey(tenant, new UserId(UUID.randomUUID()));
    return new ActiveUser(key, Version.FIRST, profile, createdAt, createdAt);
  }

  /** The user's next state, with this profile. */
  public static ActiveUser changed(ActiveUser user, Profile profile) {
    return new ActiveUser(
        user.key(),
        user.version().next(),
        profile,
        user.createdAt(),
        user.updatedAt().plusMillis(1_000));
  }

  /** The user's next state: deleted. */
  public static DeletedUser deleted(ActiveUser user) {
    return user.delete(user.updatedAt().plusMillis(1_000)).user();
  }

  /** The deleted user's next state: living. */
  public static ActiveUser restored(DeletedUser user) {
    return user.restore(user.deletedAt().plusMillis(1_000)).user();
  }

  /** The change to this state, with an event of a new id. */
  public static Commit commit(User user) {
    return new Commit(user, event(user), Optional.empty());
  }

  /** The creation of this user under an idempotency key. */
  public static Commit commit(User user, String key, String fingerprint) {
    return new Commit(user, event(user), Optional.of(new IdempotencyClaim(key, fingerprint)));
  }

  /** The creation of somebody, with a payload of so many characters. */
  public static RecordedEvent large(int characters) {
    return large(event(user(ACME, "large@example.org")), characters);
  }

  /** The event, with a payload of so many characters. */
  public static RecordedEvent large(RecordedEvent event, int characters) {
    return withPayload(event, "{\"x\":\"" + "x".repeat(characters - 8) + "\"}");
  }

  /** The event, with another payload. */
  public static RecordedEvent withPayload(RecordedEvent event, String payload) {
    return with(event, event.id(), event.actor(), event.trace(), new JsonText(payload));
  }

  /** The event, with another id. */
  public static RecordedEvent withId(RecordedEvent event, EventId id) {
    return with(event, id, event.actor(), event.trace(), event.payload());
  }

  /** The event, caused by this actor in this trace. */
  public static RecordedEvent causedBy(
      RecordedEvent event, Optional<Actor> actor, Optional<TraceParent> trace) {
    return with(event, event.id(), actor, trace, event.payload());
  }

  private static RecordedEvent with(
      RecordedEvent event,
      EventId id,
      Optional<Actor> actor,
      Optional<TraceParent> trace,
      JsonText payload) {
    return new RecordedEvent(
        id, event.type(), event.user(), event.version(), event.at(), actor, trace, payload);
  }

  /** An event for the state, with a payload whose bytes tell whether they were kept. */
  public static RecordedEvent event(User user) {
    var type =
        switch (user) {
          case DeletedUser _ -> EventType.DELETED;
          case ActiveUser active when active.version().equals(Version.FIRST) -> EventType.CREATED;
          case ActiveUser _ -> EventType.UPDATED;
        };
    var caller = caller(user.key().tenant());
    return new RecordedEvent(
        new EventId(UUID.randomUUID()),
        type,
        user.key(),
        user.version(),
        user.updatedAt(),
        caller.actor(),
        caller.trace(),
        new JsonText(
            "{\"userId\":\"%s\", \"b\":1.50,\"a\":\"ä\\u0000\",\"timestamp\":%d}"
                .formatted(user.key().id(), user.updatedAt().toEpochMilli())));
  }
}
