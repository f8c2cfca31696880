package io.userservice.architecture.violations.h3_catch.adapter;

/** Looks as if the compiler had closed something. */
final class SwallowsAgain {
  void run(Runnable task, Exception earlier) {
    try {
      task.run();
    } catch (Exception later) {
      earlier.addSuppressed(later);
    }
  }
}
