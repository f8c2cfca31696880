package io.userservice.application.testkit;

import io.userservice.application.driven.EventLog.Published;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driving.Position;
import io.userservice.domain.user.UserKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The outbox in memory. */
final class InMemoryOutbox implements Outbox {
  private final InMemoryState state;

  InMemoryOutbox(InMemoryState state) {
    this.state = state;
  }

  @Override
  public List<Pending> next(int limit) {
    return state.locked(
        () -> {
          var blocked = blockedUsers();
          return state.outbox.values().stream()
              .filter(pending -> !blocked.contains(pending.event().user()))
              .limit(limit)
              .toList();
        });
  }

  private Set<UserKey> blockedUsers() {
    return state.outbox.values().stream()
        .filter(pending -> state.quarantine.containsKey(pending.sequence()))
        .map(pending -> pending.event().user())
        .collect(Collectors.toSet());
  }

  @Override
  public void delivered(List<Delivery> deliveries) {
    state.locked(
        () -> {
          deliveries.forEach(delivery -> delivered(delivery.event()));
          return state;
        });
  }

  private void delivered(Pending pending) {
    var known =
        state.feed.stream().anyMatch(past -> past.event().id().equals(pending.event().id()));
    if (state.outbox.remove(pending.sequence(), pending) && !known) {
      state.quarantine.remove(pending.sequence());
      state.feed.add(new Published(new Position(state.feed.size() + 1L), pending.event()));
    }
  }

  @Override
  public void quarantine(Pending event, String reason) {
    state.locked(
        () -> {
          if (state.outbox.containsKey(event.sequence())) {
            state.quarantine.put(event.sequence(), reason);
          }
          return state;
        });
  }

  @Override
  public Backlog backlog() {
    return state.locked(
        () -> {
          var pending =
              state.outbox.values().stream()
                  .filter(entry -> !state.quarantine.containsKey(entry.sequence()))
                  .toList();
          var oldest =
              pending.isEmpty()
                  ? Optional.<Instant>empty()
                  : Optional.of(pending.getFirst().event().at());
          return new Backlog(pending.size(), oldest, state.quarantine.size());
        });
  }
}
