package io.userservice.bootstrap;

import io.userservice.application.driving.OperateEvents.Replayed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells how far a replay has come, which may take hours, and where another one could go on. */
final class ReplayProgress implements Consumer<Replayed> {
  private static final long PERIOD = Duration.ofSeconds(10).toNanos();

  private final PrintWriter err;
  private long told = System.nanoTime();
  private Replayed reached = new Replayed(0, 0);

  ReplayProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void accept(Replayed soFar) {
    reached = soFar;
    if (System.nanoTime() - told >= PERIOD) {
      tell();
    }
  }

  /** For a replay that has ended early. */
  void tell() {
    if (reached.events() > 0) {
      err.printf(
          "%d events replayed so far; --after %d goes on from there%n",
          reached.events(), reached.sequence());
    }
    told = System.nanoTime();
  }
}
