package io.userservice.bootstrap;

import io.userservice.application.driven.StoreRefused;
import java.io.PrintWriter;
import java.util.function.IntSupplier;

/** Runs commands and says how they ended: by a status, and to whoever called them by words. */
record Endings(PrintWriter err) {

  /** Runs a command; the exit status also of one that can't begin. */
  int run(IntSupplier command) {
    try {
      return command.getAsInt();
    } catch (InvalidSettings invalid) {
      err.println("The configuration can't be used:");
      invalid.problems().forEach(problem -> err.println("  " + problem));
      return ExitStatus.CONFIG;
    } catch (StoreRefused refusal) {
      err.println("DATABASE_URL: its role lacks a right: " + refusal.getMessage());
      return ExitStatus.UNAVAILABLE;
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
