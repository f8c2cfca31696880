package io.userservice.architecture.violations.h3_synchronized.adapter;

/** Who knows what the others do? */
final class HoldsForOthers {
  private int count;

  synchronized void run(Runnable action) {
    count++;
    action.run();
  }
}
