package io.userservice.adapter.nats.subscriber;

import io.userservice.application.driving.EventId;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Events of users, with payloads as the contract has them. */
final class Histories {
  static final Instant START = Instant.parse("2026-01-01T00:00:00.000Z");

  private Histories() {}

  static UserKey someone(String tenant) {
    return new UserKey(new TenantId(tenant), new UserId(UUID.randomUUID()));
  }

  static RecordedEvent created(UserKey user) {
    return event(user, 1, EventType.CREATED, "\"email\":\"ana@example.org\",");
  }

  static RecordedEvent renamed(UserKey user, int version) {
    return event(
        user,
        version,
        EventType.UPDATED,
        "\"changes\":{\"name\":{\"from\":\"A%d\",\"to\":\"A%d\"}},"
            .formatted(version - 1, version));
  }

  static RecordedEvent deleted(UserKey user, int version) {
    return event(user, version, EventType.DELETED, "");
  }

  /** The user's creation and its renamings, up to that version. */
  static List<RecordedEvent> history(UserKey user, int versions) {
    var events = new ArrayList<RecordedEvent>();
    events.add(created(user));
    for (var version = 2; version <= versions; version++) {
      events.add(renamed(user, version));
    }
    return events;
  }

  /** So many users' histories, mixed as they would be: all first versions, all second ones, … */
  static List<RecordedEvent> mixed(int users, int versions) {
    var histories = Stream.generate(() -> history(someone("acme"), versions)).limit(users).toList();
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < versions; i++) {
      for (var history : histories) {
        events.add(history.get(i));
      }
    }
    return events;
  }

  static RecordedEvent event(UserKey user, int version, EventType type, String members) {
    var at = START.plusSeconds(version);
    return new RecordedEvent(
        new EventId(UUID.randomUUID()),
        type,
        user,
        new Version(version),
        at,
        Optional.empty(),
        Optional.empty(),
        new JsonText(
            "{\"userId\":\"%s\",%s\"tenantId\":%s,\"timestamp\":%d}"
                .formatted(
                    user.id(),
                    members,
                    new JsonString(user.tenant().value()).text(),
                    at.toEpochMilli())));
  }
}
