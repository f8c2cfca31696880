package io.userservice.adapter.http;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Pages in the making have so many users together at most: some dozens of large ones at a time
 * would take all memory.
 */
final class PageRoom {
  static final int USERS = 800;

  /** What was and what is: an event has two users' attributes. */
  private static final int USERS_OF_AN_EVENT = 2;

  private final WaitingRoom users;

  PageRoom() {
    this(WaitingRoom.PATIENCE);
  }

  PageRoom(Duration patience) {
    this.users = new WaitingRoom(USERS, patience);
  }

  /** Makes a page of so many users, which is answered with 503 when there is no room in time. */
  Reply ofUsers(int limit, Supplier<Reply> page) {
    users.enter(limit);
    try {
      return page.get();
    } finally {
      users.leave(limit);
    }
  }

  /** The same for so many events. */
  Reply ofEvents(int limit, Supplier<Reply> page) {
    return ofUsers(USERS_OF_AN_EVENT * limit, page);
  }
}
