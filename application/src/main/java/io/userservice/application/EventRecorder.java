package io.userservice.application;

import io.userservice.application.driven.Identifiers;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.Change;
import io.userservice.domain.user.Change.AttributeChanged;
import io.userservice.domain.user.Change.EmailChanged;
import io.userservice.domain.user.Change.NameChanged;
import io.userservice.domain.user.Change.Restored;
import io.userservice.domain.user.Changes;
import io.userservice.domain.user.UserEvent;
import io.userservice.domain.user.UserEvent.Created;
import io.userservice.domain.user.UserEvent.Deleted;
import io.userservice.domain.user.UserEvent.Updated;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * Turns what happened into the document that is kept and published: the published language.
 * Rendered once, here, so that log, stream, feed and replay carry the same bytes.
 */
final class EventRecorder {
  private final Identifiers identifiers;

  EventRecorder(Identifiers identifiers) {
    this.identifiers = identifiers;
  }

  RecordedEvent record(UserEvent event, Caller caller) {
    return new RecordedEvent(
        identifiers.nextEventId(),
        typeOf(event),
        event.user(),
        event.version(),
        event.at(),
        caller.actor(),
        caller.trace(),
        payload(event).text());
  }

  private static EventType typeOf(UserEvent event) {
    return switch (event) {
      case Created _ -> EventType.CREATED;
      case Updated _ -> EventType.UPDATED;
      case Deleted _ -> EventType.DELETED;
    };
  }

  private static JsonObject payload(UserEvent event) {
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("userId", new JsonString(event.user().id().toString()));
    switch (event) {
      case Created created ->
          members.put("email", new JsonString(created.profile().email().value()));
      case Updated updated -> members.put("changes", changes(updated.changes()));
      case Deleted _ -> {}
    }
    members.put("tenantId", new JsonString(event.user().tenant().value()));
    members.put("timestamp", millis(event.at()));
    return new JsonObject(members);
  }

  private static JsonObject changes(Changes changes) {
    var members = new LinkedHashMap<String, JsonValue>();
    changes.values().forEach(change -> put(change, members));
    return new JsonObject(members);
  }

  private static void put(Change change, LinkedHashMap<String, JsonValue> members) {
    switch (change) {
      case EmailChanged(var from, var to) ->
          members.put("email", fromTo(new JsonString(from.value()), new JsonString(to.value())));
      case NameChanged(var from, var to) ->
          members.put("name", fromTo(new JsonString(from.value()), new JsonString(to.value())));
      case AttributeChanged(var key, var from, var to) ->
          members.put(
              "attributes." + key, fromTo(from.orElse(JsonValue.NULL), to.orElse(JsonValue.NULL)));
      case Restored(var deletedAt) ->
          members.put("deletedAt", fromTo(millis(deletedAt), JsonValue.NULL));
    }
  }

  private static JsonObject fromTo(JsonValue from, JsonValue to) {
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("from", from);
    members.put("to", to);
    return new JsonObject(members);
  }

  private static JsonNumber millis(Instant instant) {
    return JsonNumber.of(instant.toEpochMilli());
  }
}
