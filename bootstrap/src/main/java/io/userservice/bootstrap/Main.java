package io.userservice.bootstrap;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process: arguments and environment in, exit status out. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Commands(System.getenv(), out, err).run(arguments));
  }
}
