package io.userservice.application.delivery;

/** Knows whether events come so fast that some of them had better wait for the next ones. */
final class Pace {
  private final Interval window;
  private final int many;
  private int events;

  /**
   * @param many how many within the window are
   */
  Pace(Interval window, int many) {
    this.window = window;
    this.many = many;
  }

  void count(int more) {
    if (window.isDue()) {
      window.begin();
      events = 0;
    }
    events += more;
  }

  boolean isFast() {
    return events >= many;
  }
}
