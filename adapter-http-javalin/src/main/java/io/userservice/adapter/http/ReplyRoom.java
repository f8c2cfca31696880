package io.userservice.adapter.http;

import java.util.concurrent.Semaphore;

/**
 * Large answers stay in memory until their clients have read them, which may be slow clients, or
 * never read at all. Together they get a part of the memory.
 */
final class ReplyRoom {
  /** Smaller ones don't count: nobody is to wait for slow readers of pages. */
  private static final int LARGE = 64 * 1024;

  /** Of all memory they get a quarter. */
  private static final int PART = 4;

  private static final int KIB = 1024;

  private final int all;
  private final Semaphore kibibytes;

  ReplyRoom() {
    this(Runtime.getRuntime().maxMemory() / PART);
  }

  ReplyRoom(long bytes) {
    this.all = (int) Math.min(bytes / KIB, Integer.MAX_VALUE);
    this.kibibytes = new Semaphore(all);
  }

  /** Whether there is room for it, until it has {@link #left}. */
  boolean tryEnter(Reply reply) {
    return kibibytes.tryAcquire(size(reply));
  }

  /** It was read, or its client has gone. */
  void left(Reply reply) {
    kibibytes.release(size(reply));
  }

  private int size(Reply reply) {
    var length = reply.body().length();
    return length <= LARGE ? 0 : Math.min(length / KIB, all);
  }
}
