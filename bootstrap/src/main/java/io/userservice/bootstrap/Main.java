package io.userservice.bootstrap;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The process: arguments and environment in, exit status out. */
public final class Main {
  /**
   * How many threads carry virtual ones. Each stays with the queue that it is at, and the web
   * server's doesn't get empty while large bodies arrive: with no more than processors there was
   * none left for seconds for what PostgreSQL had answered.
   */
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  private static final int LEAST_CARRIERS = 8;

  private Main() {}

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.US); // what is said has the same digits wherever it is started
    if (System.getProperty(CARRIERS) == null) { // read with the first virtual thread
      var carriers = Math.max(LEAST_CARRIERS, Runtime.getRuntime().availableProcessors());
      System.setProperty(CARRIERS, Integer.toString(carriers));
    }
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(isServe(arguments) ? serve(err) : parse(arguments, err));
  }

  /** What nearly everyone wants, and soon: it doesn't wait for a parser of all the others. */
  private static boolean isServe(String... arguments) {
    return arguments.length == 0 || arguments.length == 1 && arguments[0].equals(Commands.SERVE);
  }

  private static int serve(PrintWriter err) {
    var endings = new Endings(err);
    try {
      return endings.run(() -> Serve.run(Settings.forServe(System.getenv())));
    } catch (RuntimeException fault) { // any: it is told as those of the other commands are
      return endings.fault(fault);
    }
  }

  private static int parse(String[] arguments, PrintWriter err) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    return new Commands(System.getenv(), out, err).run(arguments);
  }
}
