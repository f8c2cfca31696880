package io.userservice.adapter.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.json.JsonText;
import java.io.IOException;
import java.util.Optional;

/** Events as JSON; their payloads go through as they are, byte for byte. */
final class EventJson {
  private EventJson() {}

  /** An event among the history of a user. */
  static void writeChange(RecordedEvent event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("eventId", event.id().toString());
    json.writeStringField("type", event.type().value());
    writeOccasion(event, json);
    var changes = changes(event.payload());
    if (changes.isPresent()) {
      json.writeFieldName("changes");
      json.writeRawValue(changes.get());
    }
    json.writeEndObject();
  }

  /** An event among those of a tenant. */
  static void writeEvent(RecordedEvent event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("eventId", event.id().toString());
    json.writeStringField("type", event.type().value());
    json.writeStringField("userId", event.user().id().toString());
    writeOccasion(event, json);
    json.writeFieldName("data");
    json.writeRawValue(event.payload().value());
    json.writeEndObject();
  }

  private static void writeOccasion(RecordedEvent event, JsonGenerator json) throws IOException {
    json.writeNumberField("version", event.version().value());
    json.writeStringField("timestamp", JsonOut.instant(event.at()));
    json.writeStringField("actor", event.actor().map(Actor::subject).orElse(null));
  }

  /** The text of the payload's top-level member {@code changes}, uninterpreted. */
  private static Optional<String> changes(JsonText payload) throws IOException {
    var text = payload.value();
    try (var parser = JsonCodec.FACTORY.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var isWanted = parser.currentName().equals("changes");
        parser.nextToken();
        var begin = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (isWanted) {
          return Optional.of(text.substring(begin, (int) parser.currentLocation().getCharOffset()));
        }
      }
    }
    return Optional.empty();
  }
}
