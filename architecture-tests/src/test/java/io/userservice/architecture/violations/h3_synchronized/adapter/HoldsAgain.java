package io.userservice.architecture.violations.h3_synchronized.adapter;

import java.io.IOException;
import java.io.InputStream;

/** Waits in the second block of the method only, and between the two it may. */
final class HoldsAgain {
  private final Object lock = new Object();
  private int count;

  int read(InputStream in) throws IOException {
    synchronized (lock) {
      if (count++ > 9) {
        return -1;
      }
    }
    in.mark(1);
    synchronized (lock) {
      return in.read();
    }
  }
}
