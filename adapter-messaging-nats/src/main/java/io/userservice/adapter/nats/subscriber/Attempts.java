package io.userservice.adapter.nats.subscriber;

import java.util.HashMap;
import java.util.Map;

/** What was tried in vain with each delivery, over all sessions of a subscriber. */
final class Attempts {
  private final Map<String, InVain> tries = new HashMap<>();

  /**
   * How often in vain.
   *
   * @param handled by the handler
   * @param others by the ledger, or by who takes the dead letters
   * @param reason what the handler threw last
   */
  record InVain(int handled, int others, String reason) {
    static final InVain NEVER = new InVain(0, 0, "");

    int count() {
      return handled + others;
    }
  }

  InVain of(Delivery delivery) {
    return tries.getOrDefault(delivery.key(), InVain.NEVER);
  }

  InVain notHandled(Delivery delivery, String reason) {
    var before = of(delivery);
    return put(delivery, new InVain(before.handled() + 1, before.others(), reason));
  }

  InVain notOver(Delivery delivery) {
    var before = of(delivery);
    return put(delivery, new InVain(before.handled(), before.others() + 1, before.reason()));
  }

  private InVain put(Delivery delivery, InVain inVain) {
    tries.put(delivery.key(), inVain);
    return inVain;
  }

  /** It is done with. */
  void forget(Delivery delivery) {
    tries.remove(delivery.key());
  }
}
