package io.userservice.application.testkit;

import io.userservice.application.driven.EventLog.Published;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.Position;
import io.userservice.application.testkit.InMemoryState.Delivered;
import io.userservice.domain.user.UserKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The outbox in memory. */
final class InMemoryOutbox implements Outbox {
  private final InMemoryState state;
  private final InstantSource clock;

  InMemoryOutbox(InMemoryState state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public List<Pending> next(int limit) {
    return state.locked(
        () -> {
          var refused = firstRefused();
          return notTooLarge(
              state.outbox.values().stream()
                  .filter(pending -> pending.sequence() < firstOf(pending, refused))
                  .limit(limit)
                  .toList());
        });
  }

  private static List<Pending> notTooLarge(List<Pending> events) {
    var octets = 0L;
    for (var count = 1; count < events.size(); count++) {
      octets += octets(events.get(count - 1));
      if (octets >= 4 * Outbox.LARGE) {
        return events.subList(0, count);
      }
    }
    return events;
  }

  private static int octets(Pending pending) {
    return pending.event().payload().value().getBytes(StandardCharsets.UTF_8).length;
  }

  private Map<UserKey, Long> firstRefused() {
    return state.outbox.values().stream()
        .filter(pending -> state.quarantine.containsKey(pending.sequence()))
        .collect(Collectors.toMap(pending -> pending.event().user(), Pending::sequence, Math::min));
  }

  private static long firstOf(Pending pending, Map<UserKey, Long> refused) {
    return refused.getOrDefault(pending.event().user(), Long.MAX_VALUE);
  }

  @Override
  public void delivered(FencingToken holder, List<Delivery> deliveries) {
    state.fenced(
        holder,
        () -> {
          deliveries.forEach(this::delivered);
          return state;
        });
  }

  private void delivered(Delivery delivery) {
    var pending = delivery.event();
    if (!state.outbox.remove(pending.sequence(), pending)) {
      return;
    }
    state.quarantine.remove(pending.sequence());
    state.delivered.put(delivery.streamSequence(), new Delivered(pending, clock.instant()));
    if (state.feed.stream().noneMatch(past -> past.event().id().equals(pending.event().id()))) {
      state.feed.add(new Published(new Position(state.feed.size() + 1L), pending.event()));
    }
  }

  @Override
  public void quarantine(FencingToken holder, Pending event, String reason) {
    state.fenced(
        holder,
        () -> {
          if (state.outbox.containsKey(event.sequence())) {
            state.quarantine.put(event.sequence(), reason);
          }
          return state;
        });
  }

  @Override
  public List<Pending> find(Collection<EventId> ids) {
    return state.locked(
        () ->
            state.outbox.values().stream()
                .filter(pending -> ids.contains(pending.event().id()))
                .toList());
  }

  @Override
  public List<Quarantined> quarantined(int limit) {
    return state.locked(
        () ->
            state.outbox.values().stream()
                .filter(pending -> state.quarantine.containsKey(pending.sequence()))
                .limit(limit)
                .map(
                    pending ->
                        new Quarantined(pending.event(), state.quarantine.get(pending.sequence())))
                .toList());
  }

  @Override
  public List<EventId> retry(Collection<EventId> ids) {
    return state.locked(() -> release(ids).stream().map(pending -> pending.event().id()).toList());
  }

  @Override
  public List<EventId> drop(Collection<EventId> ids) {
    return state.locked(
        () -> {
          var released = release(ids);
          released.forEach(pending -> state.outbox.remove(pending.sequence()));
          return released.stream().map(pending -> pending.event().id()).toList();
        });
  }

  private List<Pending> release(Collection<EventId> ids) {
    var released =
        state.outbox.values().stream()
            .filter(pending -> state.quarantine.containsKey(pending.sequence()))
            .filter(pending -> ids.contains(pending.event().id()))
            .toList();
    released.forEach(pending -> state.quarantine.remove(pending.sequence()));
    return released;
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
