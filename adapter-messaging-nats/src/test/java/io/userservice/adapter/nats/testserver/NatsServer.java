package io.userservice.adapter.nats.testserver;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A NATS server with JetStream, on this machine. Who started it closes it; if nobody does, it ends
 * when the JVM has ended, also when that was killed.
 */
public interface NatsServer extends AutoCloseable {

  /**
   * A server for tests: the one at {@code TEST_NATS_URL}, or one of our own.
   *
   * @throws IllegalStateException when none can be had; says what was tried and what helps
   */
  static NatsServer forTests(Path store) throws IOException {
    var elsewhere = System.getenv("TEST_NATS_URL");
    return elsewhere == null || elsewhere.isBlank()
        ? ofOurOwn(Setup.in(store))
        : NatsElsewhere.at(elsewhere.strip());
  }

  /**
   * A server that may be killed and frozen: by Docker when an engine answers and has or gets the
   * image, else a program on this machine, else the distribution's.
   */
  static NatsServer ofOurOwn(Setup setup) throws IOException {
    return NatsSources.dockerFirst(setup);
  }

  /** The same for the development run: a program is preferred, Docker comes last. */
  static NatsServer forDevelopment(Setup setup) throws IOException {
    return NatsSources.programFirst(setup);
  }

  /** Whether a NATS server answers at this address, or at the first of a list that does. */
  static boolean answers(String urls) {
    return Greeting.answers(urls);
  }

  /** Where it listens; the same over restarts. */
  String url();

  /** Which server it is and where it came from, in a few words. */
  String origin();

  /** Stops it in an orderly way. */
  void stop();

  /** Kills it: SIGKILL. */
  void kill();

  /** Freezes it: SIGSTOP. Connections stay, nothing is answered. */
  void pause();

  /** Lets it go on after {@link #pause}. */
  void resume();

  /** Starts it again, at the same address and with what it had stored. */
  void restart() throws IOException;

  @Override
  default void close() {
    stop();
  }
}
