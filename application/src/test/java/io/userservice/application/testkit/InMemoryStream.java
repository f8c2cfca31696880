package io.userservice.application.testkit;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A stream in memory that can do what a real one does to its publishers: be away, lose the
 * acknowledgement of what it stored, refuse what is too large, tell duplicates. Safe for any number
 * of threads.
 */
public final class InMemoryStream implements EventPublisher {
  private final Map<EventId, Long> sequences = new LinkedHashMap<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private boolean away;
  private OptionalInt acknowledgements = OptionalInt.empty();
  private OptionalInt largest = OptionalInt.empty();

  @Override
  public synchronized List<Outcome> publish(List<RecordedEvent> batch) {
    var outcomes = new ArrayList<Outcome>();
    for (var event : batch) {
      outcomes.add(publish(event));
    }
    return List.copyOf(outcomes);
  }

  private Outcome publish(RecordedEvent event) {
    if (away) {
      return new Unknown("the stream in memory was told to be away");
    }
    var size = event.payload().utf8().length;
    if (largest.isPresent() && size > largest.getAsInt()) {
      return new Refused("%d bytes, at most %d".formatted(size, largest.getAsInt()));
    }
    var duplicate = sequences.containsKey(event.id());
    if (!duplicate) {
      events.add(event);
      sequences.put(event.id(), (long) events.size());
    }
    return acknowledge(new Acknowledged(sequences.get(event.id()), duplicate));
  }

  private Outcome acknowledge(Acknowledged taken) {
    if (acknowledgements.isEmpty()) {
      return taken;
    }
    var left = acknowledgements.getAsInt();
    acknowledgements = OptionalInt.of(Math.max(0, left - 1));
    return left > 0 ? taken : new Unknown("stored, but the acknowledgement was lost");
  }

  /** Takes nothing until told otherwise. */
  public synchronized void away(boolean value) {
    away = value;
  }

  /** Acknowledges so many events more; stores further ones too, but doesn't say so. */
  public synchronized void losesAcknowledgementsAfter(int count) {
    acknowledgements = OptionalInt.of(count);
  }

  /** Acknowledges all that it stores. */
  public synchronized void acknowledgesAll() {
    acknowledgements = OptionalInt.empty();
  }

  /** Refuses payloads of more bytes than this. */
  public synchronized void refusesMoreThan(int bytes) {
    largest = OptionalInt.of(bytes);
  }

  /** What is in the stream, in order. */
  public synchronized List<RecordedEvent> events() {
    return List.copyOf(events);
  }
}
