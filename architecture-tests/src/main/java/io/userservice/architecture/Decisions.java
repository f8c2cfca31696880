package io.userservice.architecture;

/** The numbers of the decision records that rules come from. */
final class Decisions {
  static final int COMMIT_A_VALUE = 1;
  static final int SEALED_TYPES = 2;
  static final int OUTBOX = 4;
  static final int ONE_RELAY = 5;
  static final int HEXAGON = 13;
  static final int DOORS = 14;
  static final int NO_SURPRISES = 15;
  static final int HONEST_TESTS = 16;

  private Decisions() {}
}
