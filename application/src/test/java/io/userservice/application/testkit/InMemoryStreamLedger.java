package io.userservice.application.testkit;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamLedger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The ledger in memory. */
final class InMemoryStreamLedger implements StreamLedger {
  private final InMemoryState state;

  InMemoryStreamLedger(InMemoryState state) {
    this.state = state;
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
  public Reopened reopen(FencingToken holder, long after, Instant notBefore, int limit) {
    return state.fenced(
        holder,
        () -> {
          var chunk =
              state.delivered.tailMap(after, false).entrySet().stream()
                  .limit(limit)
                  .map(Map.Entry::copyOf) // a tree moves its entries when some are removed
                  .toList();
          var events = 0;
          for (var delivery : chunk) {
            state.delivered.remove(delivery.getKey());
            var pending = delivery.getValue();
            if (!pending.event().at().isBefore(notBefore)) {
              state.outbox.put(pending.sequence(), pending);
              events++;
            }
          }
          return new Reopened(chunk.size(), events);
        });
  }
}
