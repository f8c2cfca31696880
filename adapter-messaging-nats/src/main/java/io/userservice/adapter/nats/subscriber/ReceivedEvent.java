package io.userservice.adapter.nats.subscriber;

import static java.util.Objects.requireNonNull;

import io.userservice.application.driving.EventId;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.time.Instant;
import java.util.List;

/**
 * An event as a reader sees it. Texts are as they were sent: what the service accepted yesterday
 * stays readable, whatever it accepts tomorrow; members that this library doesn't know are passed
 * over.
 */
public sealed interface ReceivedEvent {

  /** What all events have. */
  Envelope envelope();

  /** Whose event it is. */
  default UserKey user() {
    return envelope().user();
  }

  /** The version that the user has since: 1 with the creation, one more with each event. */
  default Version version() {
    return envelope().version();
  }

  /**
   * What all events have.
   *
   * @param id the same whenever and however often the event is delivered, replays included
   * @param at when it happened, in whole milliseconds
   * @param replayed whether an operator had it published once more
   * @param document the payload, as it was sent
   */
  record Envelope(
      EventId id, UserKey user, Version version, Instant at, boolean replayed, JsonText document) {
    public Envelope {
      requireNonNull(id);
      requireNonNull(user);
      requireNonNull(version);
      requireNonNull(at);
      requireNonNull(document);
    }
  }

  /** The user came to be. */
  record Created(Envelope envelope, String email) implements ReceivedEvent {
    public Created {
      requireNonNull(envelope);
      requireNonNull(email);
    }
  }

  /** Something about the user became different; a restore is one of these. */
  record Updated(Envelope envelope, List<Difference> differences) implements ReceivedEvent {
    public Updated {
      requireNonNull(envelope);
      differences = List.copyOf(differences);
    }
  }

  /** The user was deleted; a restore may follow. */
  record Deleted(Envelope envelope) implements ReceivedEvent {
    public Deleted {
      requireNonNull(envelope);
    }
  }
}
