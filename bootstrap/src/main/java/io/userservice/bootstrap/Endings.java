package io.userservice.bootstrap;

import java.io.PrintWriter;
import java.util.function.IntSupplier;

/** How commands end: with a status, and with words for whoever called them. */
record Endings(PrintWriter err) {

  /** The exit status of a command, also of one that can't begin. */
  int of(IntSupplier command) {
    try {
      return command.getAsInt();
    } catch (InvalidSettings invalid) {
      err.println("The configuration can't be used:");
      invalid.problems().forEach(problem -> err.println("  " + problem));
      return ExitStatus.CONFIG;
    } catch (CannotListen failure) {
      err.println(failure.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }

  /** The exit status of a command with a fault in it. */
  int fault(Exception fault) {
    err.println("user-service failed:");
    fault.printStackTrace(err);
    return ExitStatus.SOFTWARE;
  }
}
