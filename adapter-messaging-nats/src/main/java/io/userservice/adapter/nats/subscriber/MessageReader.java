package io.userservice.adapter.nats.subscriber;

import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.userservice.adapter.nats.subscriber.Content.Unheard;
import io.userservice.adapter.nats.subscriber.Content.Unreadable;
import io.userservice.adapter.nats.subscriber.Content.Unwanted;
import io.userservice.adapter.nats.subscriber.Content.Wanted;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Created;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Deleted;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Envelope;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Updated;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.EventType;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Turns a message into an event, or says why not. */
final class MessageReader {
  private final Subscription.Select select;

  MessageReader(Subscription.Select select) {
    this.select = select;
  }

  Content read(Message message) {
    var type = EventType.of(message.getSubject());
    if (type.isEmpty()) {
      return new Unheard(message.getSubject());
    }
    try {
      // Before anything is read: what is wrong with others' events is no concern of ours.
      return select.wants(type.get()) && tenant(message).map(select::wants).orElse(true)
          ? wanted(event(type.get(), message))
          : new Unwanted();
    } catch (JsonParseException | RuntimeException unreadable) {
      // Whatever is wrong with it, it must not be lost here, on a thread of jnats.
      return new Unreadable(String.valueOf(unreadable.getMessage()));
    } catch (StackOverflowError _) {
      return new Unreadable("nested too deep to be read");
    }
  }

  private Content wanted(ReceivedEvent event) {
    return select.wants(event.user().tenant()) ? new Wanted(event) : new Unwanted();
  }

  private static ReceivedEvent event(EventType type, Message message) throws JsonParseException {
    var payload = PayloadReader.of(message.getData());
    var envelope = envelope(message, payload);
    return switch (type) {
      case CREATED -> new Created(envelope, payload.text("email"));
      case UPDATED -> new Updated(envelope, payload.differences());
      case DELETED -> new Deleted(envelope);
    };
  }

  private static Envelope envelope(Message message, PayloadReader payload) {
    return new Envelope(
        new EventId(UUID.fromString(header(message, "ce-id"))),
        new UserKey(
            new TenantId(payload.text("tenantId")),
            new UserId(UUID.fromString(payload.text("userId")))),
        new Version(Long.parseLong(header(message, "ce-sequence"))),
        Instant.ofEpochMilli(payload.number("timestamp")),
        find(message, "Replayed").filter("true"::equals).isPresent(),
        new JsonText(new String(message.getData(), StandardCharsets.UTF_8)));
  }

  private static Optional<TenantId> tenant(Message message) {
    return find(message, "ce-tenantid").map(MessageReader::decoded).map(TenantId::new);
  }

  /** CloudEvents' binding for HTTP, section 3.1.3.2, encodes by percent; a plus stays one. */
  private static String decoded(String header) {
    return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String header(Message message, String name) {
    return find(message, name)
        .orElseThrow(() -> new IllegalArgumentException("the header " + name + " is missing"));
  }

  static Optional<String> find(Message message, String name) {
    return Optional.ofNullable(message.getHeaders()).map(headers -> headers.getFirst(name));
  }
}
