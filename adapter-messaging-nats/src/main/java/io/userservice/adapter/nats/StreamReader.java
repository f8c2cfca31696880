package io.userservice.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfoOptions;
import io.userservice.application.driven.EventPublisher.Stored;
import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
    return ask(StreamReader::state);
  }

  private static StreamState state(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    return UserEventsStream.state(management.getStreamInfo(UserEventsStream.NAME));
  }

  List<Stored> stored(long from, int limit) {
    return ask(
        management -> {
          // Before: what others publish meanwhile may come or not.
          var last = state(management).last();
          var stored = read(management, from, limit);
          if (stored.size() < limit) {
            var end = stored.isEmpty() ? from - 1 : stored.getLast().sequence();
            demandEnd(management, end, last);
          }
          return stored;
        });
  }

  private List<Stored> read(JetStreamManagement management, long from, int limit)
      throws IOException, JetStreamApiException {
    var consumer = management.createConsumer(UserEventsStream.NAME, headersFrom(from));
    try {
      return read(consumer, limit);
    } finally {
      drop(management, consumer.getName());
    }
  }

  /** For tidiness: NATS forgets it by itself when nobody asks it for a while. */
  private static void drop(JetStreamManagement management, String consumer) {
    try {
      management.deleteConsumer(UserEventsStream.NAME, consumer);
    } catch (IOException | JetStreamApiException _) {
      // what was read is good all the same
    }
  }

  /**
   * A consumer may be on a replica that hasn't got all of the stream yet; what the stream's leader
   * says of it is true.
   */
  private static void demandEnd(JetStreamManagement management, long end, long last)
      throws IOException, JetStreamApiException {
    if (end < last) {
      var options = StreamInfoOptions.builder().deletedDetails().build();
      var state = management.getStreamInfo(UserEventsStream.NAME, options).getStreamState();
      if (holds(state.getFirstSequence(), state.getDeleted(), end, last)) {
        throw new IOException(
            "the replica that was asked has it up to %d, the leader up to %d".formatted(end, last));
      }
    }
  }

  /**
   * Whether there is anything in a stream behind {@code end}, up to {@code last}. One that never
   * had anything calls its first 0, and there is no such place.
   */
  static boolean holds(long first, Collection<Long> deleted, long end, long last) {
    var begin = Math.max(1, Math.max(first, end + 1));
    var gone = deleted.stream().filter(sequence -> begin <= sequence && sequence <= last).count();
    return gone < last - begin + 1;
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
