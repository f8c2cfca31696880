package io.userservice.application.driven;

import static java.util.Objects.requireNonNull;

import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The stream that other services read.
 *
 * <ul>
 *   <li>Events are in the stream in order, with their payload byte for byte.
 *   <li>Acknowledgements carry the sequence in the stream.
 *   <li>An event that is sent again is in the stream once.
 *   <li>An event that is sent again after an interruption is in the stream once.
 *   <li>An event that is too large is refused, and the others are not.
 *   <li>The largest payload is told in octets, and is taken.
 *   <li>A broker that is away refuses nothing, and takes all when it is back.
 *   <li>Nothing published is nothing answered.
 *   <li>A session stays the same until it is interrupted.
 *   <li>The stream is the same after an interruption, and its sequences go on.
 *   <li>Nothing is sent once that is not permitted.
 *   <li>Permission is asked right before each is sent.
 *   <li>Appended events are behind the end, each behind the one before it.
 *   <li>An appended event whose place is another's isn't stored.
 *   <li>An appended event that is there already is told as a duplicate.
 *   <li>Of appended events, those whose place is free are stored there.
 *   <li>What is appended behind an event that is too large is stored.
 *   <li>The stream tells what it holds.
 *   <li>A replay is stored beside the event, under an id of its own.
 * </ul>
 *
 * There is one outcome for each event, in the order of the list, after a bounded time, whatever the
 * state of the broker; what is sent again is told as a duplicate within the stream's window only. A
 * session that has ended never comes back, and nothing goes out through it.
 *
 * <p>To be called by one thread at a time.
 */
public interface EventPublisher {

  /**
   * The way to the stream; the same one until it is interrupted or the stream was made anew, so
   * that whoever sees another one knows that the stream may have forgotten something.
   *
   * @throws StreamUnavailable while there is none
   */
  Session session();

  /** Most octets that a payload may have, as far as the broker has said; it takes so many. */
  Optional<Integer> largestPayload();

  /** One way to the stream. */
  interface Session {

    /**
     * What the stream says of itself.
     *
     * @throws StreamUnavailable when it doesn't
     */
    StreamState look();

    /**
     * Up to {@code limit} messages that the stream holds at {@code from} or behind it, in order;
     * fewer only when there are no more.
     *
     * @throws StreamUnavailable when it can't be asked
     */
    List<Stored> stored(long from, int limit);

    /**
     * Publishes the first event to the place behind the end of the stream as the caller knows it,
     * each further one to the next place, and waits until the outcome of each is known or its time
     * is up. Never throws for a reason of the broker's.
     *
     * @param end the last sequence that the caller knows of
     * @param permitted asked right before each is sent
     */
    List<Outcome> append(long end, List<Publication> publications, BooleanSupplier permitted);

    /** The same wherever the stream ends, for what may be in it at any place and more than once. */
    List<Outcome> publish(List<Publication> publications);
  }

  /**
   * A stream.
   *
   * @param incarnation the same as long as it is the same stream; another when it was made anew
   * @param first sequence of the oldest message that it holds; one more than last when it is empty
   * @param last the highest sequence that it ever gave, so that a purge doesn't alter it
   * @param maxAge after which it drops messages by itself
   */
  record StreamState(String incarnation, long first, long last, Optional<Duration> maxAge) {
    public StreamState {
      requireNonNull(incarnation);
      requireNonNull(maxAge);
    }
  }

  /**
   * A message in the stream.
   *
   * @param id by which the stream tells duplicates; empty when it isn't one of ours
   */
  record Stored(long sequence, Optional<EventId> id) {
    public Stored {
      requireNonNull(id);
    }
  }

  /**
   * An event on its way.
   *
   * @param messageId by which the stream tells duplicates: the event's own id, or, for a replay,
   *     another
   */
  record Publication(EventId messageId, RecordedEvent event) {
    public Publication {
      requireNonNull(messageId);
      requireNonNull(event);
    }

    /** An event under its own id. */
    public static Publication of(RecordedEvent event) {
      return new Publication(event.id(), event);
    }

    /** Whether the event goes out once more on an operator's wish. */
    public boolean isReplay() {
      return !messageId.equals(event.id());
    }
  }

  /** What became of an event. */
  sealed interface Outcome {}

  /** It is in the stream, at this sequence; {@code duplicate} when it had been there before. */
  record Acknowledged(long streamSequence, boolean duplicate) implements Outcome {}

  /** It isn't, and never will be as it is: too large, say. */
  record Refused(String reason) implements Outcome {}

  /** It isn't: its place is another's, or what was to be before it isn't there. */
  record Overtaken() implements Outcome {}

  /** It may be or not; publish it again. */
  record Unknown(String reason) implements Outcome {}
}
