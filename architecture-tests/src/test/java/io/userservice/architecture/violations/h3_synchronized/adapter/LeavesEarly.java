package io.userservice.architecture.violations.h3_synchronized.adapter;

import java.io.IOException;
import java.io.InputStream;

/** The way out in the middle doesn't open the lock for those who go on. */
final class LeavesEarly {
  private final Object lock = new Object();
  private boolean closed;

  int read(InputStream in) throws IOException {
    synchronized (lock) {
      if (closed) {
        return -1;
      }
      return in.read();
    }
  }

  void close() {
    synchronized (lock) {
      closed = true;
    }
  }
}
