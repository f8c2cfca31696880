package io.userservice.architecture.violations.h3_synchronized.adapter;

import java.io.IOException;
import java.io.InputStream;

final class Holds {
  private final Object lock = new Object();

  int read(InputStream in) throws IOException {
    synchronized (lock) {
      return in.read();
    }
  }
}
