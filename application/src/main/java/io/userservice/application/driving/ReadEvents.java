package io.userservice.application.driving;

import io.userservice.domain.user.UserId;
import io.userservice.domain.user.Version;
import java.util.List;
import java.util.Optional;

/**
 * Reads what happened. May be called by any number of threads; throws {@link
 * io.userservice.application.driven.StoreUnavailable} while the database is away.
 */
public interface ReadEvents {

  /**
   * The events of a user, newest first, also of a deleted one; empty when the user is unknown to
   * the caller.
   *
   * @param before only versions less than this
   * @param limit 1 to 200 events
   */
  Optional<Page<RecordedEvent, Version>> history(
      Caller caller, UserId id, Optional<Version> before, int limit);

  /**
   * The tenant's events in the order of publication. An event is here once it is in the stream.
   *
   * @param after only events behind this place
   * @param limit 1 to 200 events
   */
  Feed changes(Caller caller, Position after, int limit);

  /**
   * A stretch of the feed.
   *
   * @param next the place to go on from, also when there is nothing new
   */
  record Feed(List<RecordedEvent> events, Position next) {
    public Feed {
      events = List.copyOf(events);
    }
  }
}
