package io.userservice.application.driven;

import io.userservice.application.driving.RecordedEvent;
import java.util.List;

/**
 * The stream that other services read.
 *
 * <ul>
 *   <li>Events reach the stream in the order of the list.
 *   <li>There is one outcome for each event, in the same order, after a bounded time, whatever the
 *       state of the broker.
 *   <li>An acknowledged event is in the stream, with its payload byte for byte.
 *   <li>An event that is sent again within the stream's duplicate window is in the stream once.
 *   <li>A broker that is away refuses nothing: outcomes are unknown.
 * </ul>
 *
 * To be called by one thread at a time. Never throws for a reason of the broker's.
 */
public interface EventPublisher {

  /** Publishes the events and waits until the outcome of each is known or its time is up. */
  List<Outcome> publish(List<RecordedEvent> events);

  /** What became of an event. */
  sealed interface Outcome {}

  /** It is in the stream, at this sequence; {@code duplicate} when it had been there before. */
  record Acknowledged(long streamSequence, boolean duplicate) implements Outcome {}

  /** It isn't, and never will be as it is: too large, say. */
  record Refused(String reason) implements Outcome {}

  /** It may be or not; publish it again. */
  record Unknown(String reason) implements Outcome {}
}
