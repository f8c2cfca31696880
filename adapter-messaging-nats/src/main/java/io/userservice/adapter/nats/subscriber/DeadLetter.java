package io.userservice.adapter.nats.subscriber;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message that could not be handled, with all that is needed to look at it and to handle it
 * later.
 *
 * @param reason why, e.g. what the handler threw last
 * @param attempts how often the handler was given it; 0 when it can't be read
 * @param streamSequence its place in the stream
 * @param event what it says; empty when it can't be read
 * @param payload as it was sent, as far as it is text
 */
public record DeadLetter(
    String reason,
    int attempts,
    long streamSequence,
    String subject,
    Optional<ReceivedEvent> event,
    Map<String, List<String>> headers,
    JsonText payload) {
  public DeadLetter {
    requireNonNull(reason);
    requireNonNull(subject);
    requireNonNull(event);
    headers = Map.copyOf(headers);
    requireNonNull(payload);
  }
}
