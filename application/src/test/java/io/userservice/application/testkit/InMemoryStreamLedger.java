package io.userservice.application.testkit;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The ledger in memory. */
final class InMemoryStreamLedger implements StreamLedger {
  private final InMemoryState state;
  private final InstantSource clock;

  InMemoryStreamLedger(InMemoryState state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public Optional<Known> known() {
    return state.locked(
        () ->
            state.stream.map(
                stream ->
                    new Known(
                        stream.incarnation(),
                        stream.first(),
                        state.delivered.isEmpty() ? 0 : state.delivered.lastKey())));
  }

  @Override
  public void observe(FencingToken holder, StreamState observed) {
    state.fenced(
        holder,
        () -> {
          var isAnother =
              state
                  .stream
                  .filter(past -> !past.incarnation().equals(observed.incarnation()))
                  .isPresent();
          if (isAnother) {
            state.delivered.clear();
          }
          state.stream = Optional.of(observed);
          return state;
        });
  }

  @Override
  public Reopened reopen(FencingToken holder, long after, Optional<Duration> maxAge, int limit) {
    return state.fenced(
        holder,
        () -> {
          var chunk =
              state.delivered.tailMap(after, false).entrySet().stream()
                  .limit(limit)
                  .map(Map.Entry::copyOf) // a tree moves its entries when some are removed
                  .toList();
          var now = clock.instant();
          var events = 0;
          for (var delivery : chunk) {
            state.delivered.remove(delivery.getKey());
            var pending = delivery.getValue().event();
            var at = delivery.getValue().at();
            if (maxAge.map(now::minus).filter(oldest -> !at.isAfter(oldest)).isEmpty()) {
              state.outbox.put(pending.sequence(), pending);
              events++;
            }
          }
          return new Reopened(chunk.size(), events);
        });
  }
}
