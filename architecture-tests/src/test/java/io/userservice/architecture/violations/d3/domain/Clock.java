package io.userservice.architecture.violations.d3.domain;

import java.time.Instant;

final class Clock {
  Instant now() {
    return Instant.now();
  }
}
