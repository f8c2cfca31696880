package io.userservice.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.userservice.application.driven.EventPublisher.Stored;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Asks the stream what it holds. */
final class StreamReader {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

  private final Link link;

  StreamReader(Link link) {
    this.link = link;
  }

  /** A question to JetStream. */
  private interface Question<T> {
    T ask(JetStreamManagement management)
        throws IOException, JetStreamApiException, InterruptedException;
  }

  /** Whatever goes wrong, the connector is to look after the stream, and the caller waits. */
  private <T> T ask(Question<T> question) {
    if (link.watch().isLost()) {
      throw new StreamUnavailable(link.watch().reason());
    }
    try {
      return question.ask(link.management());
    } catch (JetStreamApiException | IOException | IllegalStateException failure) {
      link.doubt();
      throw new StreamUnavailable(
          "the stream can't be asked: " + Redaction.redacted(failure.getMessage()), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StreamUnavailable("interrupted", interrupted);
    }
  }

  StreamState look() {
    return ask(
        management -> UserEventsStream.state(management.getStreamInfo(UserEventsStream.NAME)));
  }

  List<Stored> stored(long from, int limit) {
    return ask(
        management -> {
          var consumer = management.createConsumer(UserEventsStream.NAME, headersFrom(from));
          try {
            return read(consumer, limit);
          } finally {
            management.deleteConsumer(UserEventsStream.NAME, consumer.getName());
          }
        });
  }

  private static ConsumerConfiguration headersFrom(long sequence) {
    return ConsumerConfiguration.builder()
        .deliverPolicy(DeliverPolicy.ByStartSequence)
        .startSequence(Math.max(1, sequence))
        .ackPolicy(AckPolicy.None)
        .headersOnly(true)
        .memStorage(true)
        .inactiveThreshold(FORGOTTEN_AFTER)
        .build();
  }

  private List<Stored> read(ConsumerInfo consumer, int limit)
      throws IOException, JetStreamApiException {
    var expected = (int) Math.min(limit, consumer.getNumPending());
    if (expected == 0) {
      return List.of();
    }
    var subscription =
        link.stream()
            .subscribe(
                null, PullSubscribeOptions.fastBind(UserEventsStream.NAME, consumer.getName()));
    try {
      var messages = new ArrayList<Stored>(expected);
      while (messages.size() < expected) {
        var fetched = subscription.fetch(Math.min(256, expected - messages.size()), PATIENCE);
        if (fetched.isEmpty()) {
          throw new IOException("only %d of %d messages came".formatted(messages.size(), expected));
        }
        fetched.forEach(message -> messages.add(stored(message)));
      }
      return List.copyOf(messages);
    } finally {
      subscription.unsubscribe();
    }
  }

  private static Stored stored(Message message) {
    return new Stored(
        message.metaData().streamSequence(),
        Optional.ofNullable(message.getHeaders())
            .map(headers -> headers.getFirst(EventHeaders.MESSAGE_ID))
            .flatMap(StreamReader::eventId));
  }

  private static Optional<EventId> eventId(String text) {
    try {
      return Optional.of(new EventId(UUID.fromString(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // a message of somebody else's
    }
  }
}
