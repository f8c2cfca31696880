package io.userservice.adapter.nats.subscriber;

/**
 * The memory of what was handled, by which an event that is delivered twice is handled once.
 * Delivery is at least once: whoever handles an event and is gone before the acknowledgement gets
 * it again.
 *
 * <p>A team with a database implements it on its own tables and in its own transaction: begin; note
 * the event's version for its user, if that is above the one noted; run the work if it was; commit.
 * In PostgreSQL the note is one statement, and {@code 0} rows mean that the event was handled:
 *
 * <pre>{@code
 * insert into handled_user_events (user_id, version) values (?, ?)
 * on conflict (user_id) do update set version = excluded.version
 * where handled_user_events.version < excluded.version
 * }</pre>
 *
 * A version belongs to one event, so this recognises an event by its id as well. It also passes
 * over an event that comes after a later one of its user, as a replay does; who wants those notes
 * the event's id instead.
 */
@FunctionalInterface
public interface Ledger {

  /**
   * Runs the work, unless the event was handled before. The work and the memory of it stand or fall
   * together: when this throws, the event will be offered again. That counts as an attempt when it
   * is the work that threw; a ledger that can't begin or commit, as its database is away, is waited
   * for as long as it takes.
   */
  void once(ReceivedEvent event, Work work) throws Exception;

  /** The handling of one event. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }
}
