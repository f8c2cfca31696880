package io.userservice.adapter.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells the other instances, over plain NATS, that something was committed. For speed only: a hint
 * may be lost. While commits stream, one hint stands for all of some milliseconds.
 */
final class CommitHints implements AutoCloseable {
  private static final Duration GATHER = Duration.ofMillis(5);

  private final Supplier<Optional<Link>> link;
  private final Runnable onHint;
  private final String subject;
  private final AtomicBoolean due = new AtomicBoolean();
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("nats-hints").unstarted(this::run);

  /**
   * @param source the service: those of another source aren't woken
   */
  CommitHints(String source, Supplier<Optional<Link>> link, Runnable onHint) {
    // A name-based id has no character that means something in a subject.
    this.subject =
        "userservice.hint." + UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8));
    this.link = link;
    this.onHint = onHint;
  }

  void start() {
    thread.start();
  }

  /** Hears the others on this link; our own hints don't come back to us. */
  void listen(Link opened) {
    opened.listen(subject, onHint);
  }

  /** There was a commit; returns at once. */
  void announce() {
    // Read first: while commits stream it is nearly always set, and a read costs other cores
    // nothing.
    if (!due.get() && due.compareAndSet(false, true)) {
      wake.release();
    }
  }

  private void run() {
    try {
      while (true) {
        wake.acquire();
        due.set(false);
        link.get().ifPresent(this::tell);
        TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
      }
    } catch (InterruptedException _) {
      // only close() interrupts
    }
  }

  private void tell(Link open) {
    try {
      open.tell(subject);
    } catch (IllegalStateException _) {
      // lost in this moment, and the hint with it: the others look for themselves before long
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
