package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an operator does with events, whosever they are. Throws {@link
 * io.userservice.application.driven.StoreUnavailable} while the database is away.
 */
public interface OperateEvents {

  /** The first events that the stream refused, up to {@code limit}, oldest first. */
  List<QuarantinedEvent> quarantined(int limit);

  /** Has refused events published again, with their users' later ones; gives those that were. */
  List<EventId> retry(Collection<EventId> ids);

  /**
   * Gives up refused events for good, so that their users' later ones go; gives those that were.
   */
  List<EventId> drop(Collection<EventId> ids);

  /**
   * Publishes past events once more, under new message ids, each user's in their order.
   *
   * @param after only events of a greater sequence in the log: where an earlier replay ended; 0 for
   *     all
   * @param progress told every some hundred events, and before this ends early
   * @return how many
   * @throws io.userservice.application.driven.StreamUnavailable when the stream doesn't take them;
   *     its message says how many went before
   */
  long replay(Selection selection, long after, Consumer<Replayed> progress);

  /**
   * How far a replay has come.
   *
   * @param events that went so far
   * @param sequence up to which all went; behind it some may have gone, too
   */
  record Replayed(long events, long sequence) {}

  /** A refused event, and why. */
  record QuarantinedEvent(RecordedEvent event, String reason) {
    public QuarantinedEvent {
      requireNonNull(event);
      requireNonNull(reason);
    }
  }

  /** Which of all past events. */
  sealed interface Selection {}

  /** All of a tenant. */
  record OfTenant(TenantId tenant) implements Selection {
    public OfTenant {
      requireNonNull(tenant);
    }
  }

  /** All of a user. */
  record OfUser(UserId user) implements Selection {
    public OfUser {
      requireNonNull(user);
    }
  }

  /** All that happened at this time or later. */
  record Since(Instant instant) implements Selection {
    public Since {
      requireNonNull(instant);
    }
  }
}
