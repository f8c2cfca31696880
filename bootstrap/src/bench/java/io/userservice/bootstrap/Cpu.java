package io.userservice.bootstrap;

import java.time.Duration;
import java.util.stream.Stream;

/** Processor time of the parts, in seconds since each began. */
record Cpu(double service, double postgres, double nats) {
  static final Cpu NONE = new Cpu(0, 0, 0);

  Cpu minus(Cpu earlier) {
    return new Cpu(service - earlier.service, postgres - earlier.postgres, nats - earlier.nats);
  }

  /** Per operation, in microseconds. */
  Cpu per(double operations) {
    var each = 1e6 / operations;
    return new Cpu(service * each, postgres * each, nats * each);
  }

  /** Of a process and all that it started. */
  static double of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(time -> time.toNanos() / 1e9)
        .sum();
  }
}
