package io.userservice.application.driven;

import io.userservice.application.driving.EventId;
import io.userservice.domain.user.UserId;

/**
 * New identities: UUIDv7 (RFC 9562 section 5.7), never the same twice, in growing order within the
 * process. May be called by any number of threads; never blocks for I/O.
 */
public interface Identifiers {
  UserId nextUserId();

  EventId nextEventId();
}
