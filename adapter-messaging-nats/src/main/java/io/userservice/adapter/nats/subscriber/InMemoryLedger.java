package io.userservice.adapter.nats.subscriber;

import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.util.HashMap;
import java.util.Map;

/**
 * A ledger that lasts as long as the process, for those whose own state does: a cache, a projection
 * in memory, a test. Keeps some hundred bytes for each user. May be shared by threads.
 */
public final class InMemoryLedger implements Ledger {
  private final Map<UserKey, Version> handled = new HashMap<>();

  @Override
  public synchronized void once(ReceivedEvent event, Work work) throws Exception {
    var last = handled.get(event.user());
    if (last == null || last.compareTo(event.version()) < 0) {
      work.run();
      handled.put(event.user(), event.version());
    }
  }
}
