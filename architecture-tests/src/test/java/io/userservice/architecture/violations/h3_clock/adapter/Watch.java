package io.userservice.architecture.violations.h3_clock.adapter;

import java.time.Instant;

final class Watch {
  Instant now() {
    return Instant.now();
  }
}
