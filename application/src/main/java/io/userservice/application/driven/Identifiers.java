package io.userservice.application.driven;

import io.userservice.application.driving.EventId;
import io.userservice.domain.user.UserId;

/**
 * New identities (RFC 9562 section 5.7).
 *
 * <ul>
 *   <li>Identities are UUIDs of version seven.
 *   <li>Identities grow within the process.
 *   <li>Identities are never the same twice, whoever asks.
 * </ul>
 *
 * May be called by any number of threads; never blocks for I/O.
 */
public interface Identifiers {
  UserId nextUserId();

  EventId nextEventId();
}
