package io.userservice.application;

import io.userservice.application.driven.EventLog;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.ReadEvents;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.Optional;

/** Reads the log on a caller's behalf. */
final class EventService implements ReadEvents {
  private final UserStore users;
  private final EventLog log;

  EventService(UserStore users, EventLog log) {
    this.users = users;
    this.log = log;
  }

  @Override
  public Optional<Page<RecordedEvent, Version>> history(
      Caller caller, UserId id, Optional<Version> before, int limit) {
    var key = caller.user(id);
    return users.find(key).map(_ -> page(key, before, limit));
  }

  private Page<RecordedEvent, Version> page(UserKey key, Optional<Version> before, int limit) {
    var events = log.history(key, before, limit + 1);
    if (events.size() <= limit) {
      return new Page<>(events, Optional.empty());
    }
    var page = events.subList(0, limit);
    return new Page<>(page, Optional.of(page.getLast().version()));
  }

  @Override
  public Feed changes(Caller caller, Position after, int limit) {
    var published = log.after(caller.tenant(), after, limit);
    var next = published.isEmpty() ? after : published.getLast().position();
    return new Feed(published.stream().map(EventLog.Published::event).toList(), next);
  }
}
