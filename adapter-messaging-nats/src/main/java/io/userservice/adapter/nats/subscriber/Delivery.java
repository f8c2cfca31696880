package io.userservice.adapter.nats.subscriber;

import io.nats.client.Message;
import io.userservice.adapter.nats.subscriber.Content.Wanted;
import io.userservice.domain.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message that was delivered and isn't acknowledged yet.
 *
 * @param lane what is handled one after the other: the messages of a user
 */
record Delivery(Message message, long streamSequence, String lane, Content content) {

  static Delivery of(Message message, MessageReader reader) {
    var content = reader.read(message);
    var sequence = message.metaData().streamSequence();
    return new Delivery(message, sequence, lane(message, content, sequence), content);
  }

  private static String lane(Message message, Content content, long sequence) {
    return content instanceof Wanted(var event)
        ? event.user().id().toString()
        : MessageReader.find(message, "ce-subject").orElse("no user, " + sequence);
  }

  /** What the message is known by over several deliveries. */
  String key() {
    return event().map(event -> event.envelope().id().toString()).orElse("" + streamSequence);
  }

  Optional<ReceivedEvent> event() {
    return content instanceof Wanted(var event) ? Optional.of(event) : Optional.empty();
  }

  DeadLetter letter(String reason, int attempts) {
    return new DeadLetter(
        reason,
        attempts,
        streamSequence,
        message.getSubject(),
        event(),
        headers(),
        new JsonText(new String(message.getData(), StandardCharsets.UTF_8)));
  }

  private Map<String, List<String>> headers() {
    var headers = new HashMap<String, List<String>>();
    if (message.getHeaders() != null) {
      message.getHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    }
    return headers;
  }
}
