package io.userservice.bootstrap;

/** What the process says when it ends, in the numbers of sysexits.h. */
final class ExitStatus {
  static final int OK = 0;

  /** Wrong usage of the command line. */
  static final int USAGE = 64;

  /** An argument names nothing that is there. */
  static final int NO_SUCH_THING = 65;

  /** A service that is needed can't be reached or refuses us, or an address can't be had. */
  static final int UNAVAILABLE = 69;

  /** A fault in the program. */
  static final int SOFTWARE = 70;

  /** The configuration can't be used. */
  static final int CONFIG = 78;

  private ExitStatus() {}
}
