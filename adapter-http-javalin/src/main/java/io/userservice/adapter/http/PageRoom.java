package io.userservice.adapter.http;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Pages in the making have so many items together at most: some dozens of large ones at a time
 * would take all memory.
 */
final class PageRoom {
  static final int ITEMS = 800;

  private final WaitingRoom items;

  PageRoom() {
    this(WaitingRoom.PATIENCE);
  }

  PageRoom(Duration patience) {
    this.items = new WaitingRoom(ITEMS, patience);
  }

  /** Makes a page of so many items, which is answered with 503 when there is no room in time. */
  Reply make(int limit, Supplier<Reply> page) {
    items.enter(limit);
    try {
      return page.get();
    } finally {
      items.leave(limit);
    }
  }
}
