package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.json.JsonText;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as a document, in the form in which it is kept and published for ever. It is never
 * turned back into a typed event, so that stricter rules of tomorrow can't make it unreadable.
 *
 * @param version the version of the user that the event led to
 * @param at when it happened, in whole milliseconds
 * @param payload the published payload, byte for byte
 */
public record RecordedEvent(
    EventId id,
    EventType type,
    UserKey user,
    Version version,
    Instant at,
    Optional<Actor> actor,
    Optional<TraceParent> trace,
    JsonText payload) {
  public RecordedEvent {
    requireNonNull(id);
    requireNonNull(type);
    requireNonNull(user);
    requireNonNull(version);
    requireNonNull(at);
    requireNonNull(actor);
    requireNonNull(trace);
    requireNonNull(payload);
  }
}
