package io.userservice.architecture.violations.h3_catch.adapter;

import java.io.IOException;
import java.io.InputStream;

/** What the compiler makes of it catches everything, and nobody wrote that. */
final class Closes {
  int read(InputStream in) throws IOException {
    try (in) {
      return in.read();
    }
  }
}
