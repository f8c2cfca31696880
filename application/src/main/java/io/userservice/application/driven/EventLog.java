package io.userservice.application.driven;

import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.List;
import java.util.Optional;

/**
 * All events that ever were, as they were.
 *
 * <ul>
 *   <li>An event is read back exactly as it was committed, its payload byte for byte.
 *   <li>A user's history is without a gap, newest first.
 *   <li>The feed has a delivered event once, at the place of its first delivery; an event appears
 *       behind all that were there before, so who goes on from a position misses nothing.
 *   <li>A tenant never sees another's event.
 * </ul>
 *
 * May be called by any number of threads; throws {@link StoreUnavailable}.
 */
public interface EventLog {

  /**
   * Up to {@code limit} events of the user, newest first.
   *
   * @param before only versions less than this
   */
  List<RecordedEvent> history(UserKey user, Optional<Version> before, int limit);

  /** Up to {@code limit} events of the tenant that were delivered behind {@code after}. */
  List<Published> after(TenantId tenant, Position after, int limit);

  /**
   * Up to {@code limit} events of the selection that were delivered, whosever they are, in the
   * order of their sequence; for operators.
   *
   * @param after only events of a greater sequence
   */
  List<Logged> select(Selection selection, long after, int limit);

  /** An event and its sequence in the log. */
  record Logged(long sequence, RecordedEvent event) {}

  /** An event and its place in the order of publication. */
  record Published(Position position, RecordedEvent event) {}
}
