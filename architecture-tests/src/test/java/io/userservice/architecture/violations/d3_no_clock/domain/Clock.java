package io.userservice.architecture.violations.d3_no_clock.domain;

import java.time.Instant;

final class Clock {
  Instant now() {
    return Instant.now();
  }
}
