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
 *   <li>An event is read back exactly as it was committed.
 *   <li>A history is without a gap, newest first.
 *   <li>A tenant never sees another's event.
 *   <li>An event is in the feed once it is delivered.
 *   <li>The feed is in the order of delivery.
 *   <li>What is delivered together is in the feed in the order of its list.
 *   <li>Who goes on from a position misses nothing.
 *   <li>What lies in between takes no room in a page.
 *   <li>An event that is delivered again keeps its place.
 *   <li>The feed survives a restart, and goes on behind it.
 *   <li>A selection has the delivered events that it means, in the order of their sequence.
 *   <li>An event that is pending once more stays in feed and selection.
 *   <li>A dropped event is in the history alone.
 *   <li>A store out of reach is unavailable.
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

  /**
   * Up to {@code limit} events of the tenant that were delivered behind {@code after}; fewer only
   * when there are no more.
   */
  List<Published> after(TenantId tenant, Position after, int limit);

  /**
   * Up to {@code limit} events of the selection that were delivered, whosever they are, in the
   * order of their sequence; fewer only when there are no more. For operators.
   *
   * @param after only events of a greater sequence
   */
  List<Logged> select(Selection selection, long after, int limit);

  /** An event and its sequence in the log. */
  record Logged(long sequence, RecordedEvent event) {}

  /** An event and its place in the order of publication. */
  record Published(Position position, RecordedEvent event) {}
}
