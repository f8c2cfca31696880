package io.userservice.application.testkit;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The event log in memory. */
final class InMemoryEventLog implements EventLog {
  private final InMemoryState state;

  InMemoryEventLog(InMemoryState state) {
    this.state = state;
  }

  @Override
  public List<RecordedEvent> history(UserKey user, Optional<Version> before, int limit) {
    return state.locked(
        () ->
            state.log.stream()
                .filter(event -> event.user().equals(user))
                .filter(event -> before.map(bound -> isLess(event.version(), bound)).orElse(true))
                .sorted(Comparator.comparing(RecordedEvent::version).reversed())
                .limit(limit)
                .toList());
  }

  private static boolean isLess(Version version, Version bound) {
    return version.compareTo(bound) < 0;
  }

  @Override
  public List<Logged> select(Selection selection, long after, int limit) {
    return state.locked(
        () ->
            state.feed.stream()
                .map(published -> logged(published.event()))
                .filter(logged -> logged.sequence() > after && isMeant(selection, logged.event()))
                .sorted(Comparator.comparingLong(Logged::sequence))
                .limit(limit)
                .toList());
  }

  private Logged logged(RecordedEvent event) {
    return new Logged(state.log.indexOf(event) + 1L, event);
  }

  private static boolean isMeant(Selection selection, RecordedEvent event) {
    return switch (selection) {
      case OfTenant(var tenant) -> event.user().tenant().equals(tenant);
      case OfUser(var user) -> event.user().id().equals(user);
      case Since(var instant) -> !event.at().isBefore(instant);
    };
  }

  @Override
  public List<Published> after(TenantId tenant, Position after, int limit) {
    return state.locked(
        () ->
            state.feed.stream()
                .filter(published -> published.event().user().tenant().equals(tenant))
                .filter(published -> published.position().value() > after.value())
                .limit(limit)
                .toList());
  }
}
