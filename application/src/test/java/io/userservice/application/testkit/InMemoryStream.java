package io.userservice.application.testkit;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A stream in memory that can do what a real one does to its publishers: be away, lose the
 * acknowledgement of what it stored, lose what it acknowledged, refuse what is too large, tell
 * duplicates, drop by its limits. Safe for any number of threads.
 */
public final class InMemoryStream implements EventPublisher {
  private final TreeMap<Long, Publication> messages = new TreeMap<>();
  private final Map<EventId, Long> window = new LinkedHashMap<>();
  private long last;
  private int incarnation = 1;
  private boolean away;
  private OptionalInt acknowledgements = OptionalInt.empty();
  private Optional<Integer> largest = Optional.empty();
  private Way way = new Way();

  @Override
  public synchronized Session session() {
    demandPresence();
    return way;
  }

  private void demandPresence() {
    if (away) {
      throw new StreamUnavailable("the stream in memory was told to be away");
    }
  }

  @Override
  public synchronized Optional<Integer> largestPayload() {
    return largest;
  }

  private final class Way implements Session {
    @Override
    public StreamState look() {
      synchronized (InMemoryStream.this) {
        demandOpen();
        return new StreamState(
            "stream " + incarnation,
            messages.isEmpty() ? last + 1 : messages.firstKey(),
            last,
            Optional.empty());
      }
    }

    @Override
    public List<Stored> stored(long from, int limit) {
      synchronized (InMemoryStream.this) {
        demandOpen();
        return messages.tailMap(from).entrySet().stream()
            .limit(limit)
            .map(entry -> new Stored(entry.getKey(), Optional.of(entry.getValue().messageId())))
            .toList();
      }
    }

    private void demandOpen() {
      demandPresence();
      if (way != this) {
        throw new StreamUnavailable("this session has ended");
      }
    }

    @Override
    public List<Outcome> append(
        long end, List<Publication> publications, BooleanSupplier permitted) {
      var outcomes = new ArrayList<Outcome>();
      var behind = end;
      for (var publication : publications) {
        var outcome =
            permitted.getAsBoolean()
                ? send(publication, OptionalLong.of(behind))
                : new Unknown("not permitted any more");
        outcomes.add(outcome);
        behind += outcome instanceof Refused ? 0 : 1; // which isn't sent
      }
      return List.copyOf(outcomes);
    }

    @Override
    public List<Outcome> publish(List<Publication> publications) {
      return publications.stream()
          .map(publication -> send(publication, OptionalLong.empty()))
          .toList();
    }

    private Outcome send(Publication publication, OptionalLong behind) {
      synchronized (InMemoryStream.this) {
        return away || way != this
            ? new Unknown("the stream in memory was told to be away")
            : store(publication, behind);
      }
    }
  }

  private Outcome store(Publication publication, OptionalLong behind) {
    var size = publication.event().payload().utf8().length;
    if (largest.isPresent() && size > largest.get()) {
      return new Refused("%d bytes, at most %d".formatted(size, largest.get()));
    }
    var past = Optional.ofNullable(window.get(publication.messageId()));
    if (past.isEmpty() && behind.isPresent() && behind.getAsLong() != last) {
      return new Overtaken();
    }
    if (past.isEmpty()) {
      messages.put(++last, publication);
      window.put(publication.messageId(), last);
    }
    return acknowledge(new Acknowledged(past.orElse(last), past.isPresent()));
  }

  private Outcome acknowledge(Acknowledged taken) {
    if (acknowledgements.isEmpty()) {
      return taken;
    }
    var left = acknowledgements.getAsInt();
    acknowledgements = OptionalInt.of(Math.max(0, left - 1));
    return left > 0 ? taken : new Unknown("stored, but the acknowledgement was lost");
  }

  /** Takes nothing until told otherwise; the connection is another one afterwards. */
  public synchronized void away(boolean value) {
    away = value;
    way = new Way();
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
    largest = Optional.of(bytes);
  }

  /** Takes payloads of any size again. */
  public synchronized void refusesNothing() {
    largest = Optional.empty();
  }

  /** The duplicate window is over: what is sent again now is stored again. */
  public synchronized void forgetsDuplicates() {
    window.clear();
  }

  /** Is back at an older copy of its store, after a crash: all behind this sequence is gone. */
  public synchronized void rollsBackTo(long sequence) {
    rollsBackUnnoticedTo(sequence);
    way = new Way();
  }

  /** Loses what is behind this sequence amid a connection, as a cluster may. */
  public synchronized void rollsBackUnnoticedTo(long sequence) {
    messages.tailMap(sequence, false).clear();
    window.values().removeIf(past -> past > sequence);
    last = Math.min(last, sequence);
  }

  /** Is deleted, or its store wiped, and made anew. */
  public synchronized void isMadeAnew() {
    messages.clear();
    window.clear();
    last = 0;
    incarnation++;
    way = new Way();
  }

  /** Drops what is before this sequence, as its limits and an operator's purge do. */
  public synchronized void dropsBefore(long sequence) {
    messages.headMap(sequence).clear();
  }

  /** What is in the stream, in order. */
  public synchronized List<RecordedEvent> events() {
    return messages.values().stream().map(Publication::event).toList();
  }

  /** What is in the stream, in order, with the ids of the messages. */
  public synchronized List<Publication> publications() {
    return List.copyOf(messages.values());
  }
}
