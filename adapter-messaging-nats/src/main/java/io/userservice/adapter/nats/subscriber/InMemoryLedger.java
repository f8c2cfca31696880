package io.userservice.adapter.nats.subscriber;

import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A ledger that lasts as long as the process, for those whose own state does: a cache, a projection
 * in memory, a test. Keeps some hundred bytes for each user. May be shared by threads; only those
 * with events of the same user wait for each other.
 */
public final class InMemoryLedger implements Ledger {
  private final Map<UserKey, Page> pages = new ConcurrentHashMap<>();

  /** What was handled of one user. */
  private static final class Page {
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Version> last = Optional.empty();
  }

  @Override
  public void once(ReceivedEvent event, Work work) throws Exception {
    var page = pages.computeIfAbsent(event.user(), _ -> new Page());
    page.turn.lock();
    try {
      if (page.last.filter(last -> last.compareTo(event.version()) >= 0).isEmpty()) {
        work.run();
        page.last = Optional.of(event.version());
      }
    } finally {
      page.turn.unlock();
    }
  }
}
