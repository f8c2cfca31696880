package io.userservice.application.driven;

import static java.util.Objects.requireNonNull;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.RelayLease.FencingToken;
import java.time.Duration;
import java.util.Optional;

/**
 * What the stream is known to have held, to be compared with what it holds now: a broker may lose
 * what it has acknowledged.
 *
 * <ul>
 *   <li>Nothing is known at first.
 *   <li>The stream that was observed last is known, also after a restart.
 *   <li>Deliveries are to the stream that was observed last.
 *   <li>What is reopened is pending again, in its old order.
 *   <li>Reopening begins with the first, goes on where the limit was, and ends.
 *   <li>What was delivered is known and reopened after a restart, too.
 *   <li>What was delivered too long ago is forgotten and not reopened.
 *   <li>What happened long ago and was delivered just now is reopened.
 *   <li>The feed keeps an event at the place of its first delivery.
 *   <li>Who has lost the lease observes nothing and reopens nothing.
 *   <li>A store out of reach is unavailable.
 * </ul>
 *
 * To be used by the one holder of the {@link RelayLease}; throws {@link LeaseGone} when it was had
 * again since, and {@link StoreUnavailable}.
 */
public interface StreamLedger {

  /** The stream that was observed last; empty when there was none yet. */
  Optional<Known> known();

  /** From now on deliveries are to this stream. */
  void observe(FencingToken holder, StreamState state);

  /**
   * Makes deliveries to the known stream pending again, in order.
   *
   * @param after those of a greater sequence only
   * @param maxAge how long the stream keeps what it was given; what was delivered that long ago is
   *     forgotten instead, for the stream would have dropped it by now
   * @param limit most deliveries that are looked at
   */
  Reopened reopen(FencingToken holder, long after, Optional<Duration> maxAge, int limit);

  /**
   * A stream.
   *
   * @param first the oldest sequence that it was seen to hold
   * @param last the highest sequence of a delivery to it, 0 when there was none
   */
  record Known(String incarnation, long first, long last) {
    public Known {
      requireNonNull(incarnation);
    }
  }

  /** How many deliveries were looked at, and how many of these events are pending again. */
  record Reopened(int deliveries, int events) {}
}
