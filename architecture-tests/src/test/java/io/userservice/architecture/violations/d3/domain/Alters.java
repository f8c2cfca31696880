package io.userservice.architecture.violations.d3.domain;

/** What others in the process read. */
final class Alters {
  void property() {
    System.setProperty("decided", "yes");
  }

  int chance() {
    return System.identityHashCode(this);
  }
}
