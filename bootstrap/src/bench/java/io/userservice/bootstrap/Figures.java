package io.userservice.bootstrap;

import java.util.Comparator;
import java.util.List;

/**
 * What a load came to.
 *
 * @param rate per second
 * @param p50 median time of an answer, in milliseconds; the others likewise
 * @param failed answers that weren't a success, and requests without an answer
 * @param cpu what it cost
 */
record Figures(double rate, double p50, double p99, double p999, long failed, Cpu cpu) {

  Figures costing(Cpu spent) {
    return new Figures(rate, p50, p99, p999, failed, spent);
  }

  /** The one in the middle by rate. */
  static Figures median(List<Figures> runs) {
    return median(runs, Comparator.comparingDouble(Figures::rate));
  }

  /** The one in the middle by its 99th percentile, where the rate is given. */
  static Figures medianByP99(List<Figures> runs) {
    return median(runs, Comparator.comparingDouble(Figures::p99));
  }

  private static Figures median(List<Figures> runs, Comparator<Figures> order) {
    return runs.stream().sorted(order).toList().get(runs.size() / 2);
  }
}
