package io.userservice.adapter.persistence;

import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets questions to the database travel together: those that arrive while a batch is under way go
 * with the next one. Nobody waits for company: a question that comes alone goes at once, on its own
 * thread.
 */
final class Lane<Q, A> {
  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_WAITING = 4_096;

  /** How long a question waits for its turn before it is given up, unasked. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Trip<Q, A> trip;
  private final BlockingQueue<Call<Q, A>> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean busy = new AtomicBoolean();

  /** One thread while there is work, none otherwise. What it can't begin isn't kept. */
  private final ThreadPoolExecutor thread;

  /** A way to the database and back. */
  interface Trip<Q, A> {
    /**
     * Answers or fails each call of the batch that it begins; calls that it can't begin were given
     * up.
     *
     * @return calls that must go with the next batch
     */
    List<Call<Q, A>> make(List<Call<Q, A>> batch);
  }

  Lane(String name, Trip<Q, A> trip) {
    this(trip, Thread.ofPlatform().name(name).daemon().factory());
  }

  Lane(Trip<Q, A> trip, ThreadFactory threads) {
    this.trip = trip;
    this.thread =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
  }

  /**
   * Asks, together with others or alone.
   *
   * @throws StoreUnavailable when too much is waiting, or the database doesn't answer
   */
  A ask(Q question) {
    var call = new Call<Q, A>(question);
    if (!queue.offer(call)) {
      throw new StoreUnavailable("%d others are waiting already".formatted(MOST_WAITING));
    }
    if (busy.compareAndSet(false, true)) {
      runOnce();
    }
    return call.await(PATIENCE);
  }

  /** How many wait for the next batch. */
  int waiting() {
    return queue.size();
  }

  /** The first one works on its own thread, once; what came meanwhile is the lane's. */
  private void runOnce() {
    var deferred = run(List.of());
    if (!deferred.isEmpty() || !isReleased()) {
      goOn(deferred);
    }
  }

  private void goOn(List<Call<Q, A>> deferred) {
    try {
      thread.execute(() -> runAll(deferred));
    } catch (OutOfMemoryError _) { // no thread is to be had: this one has to do, or all would wait
      runAll(deferred);
    }
  }

  private void runAll(List<Call<Q, A>> first) {
    var deferred = first;
    do {
      deferred = run(deferred);
    } while (!deferred.isEmpty() || !isReleased());
  }

  /** Lets another begin, unless there is more to do. */
  private boolean isReleased() {
    if (!queue.isEmpty()) {
      return false;
    }
    busy.set(false);
    // One that came in between found us busy, and nobody else will look after it.
    return queue.isEmpty() || !busy.compareAndSet(false, true);
  }

  /** With those that had to wait go as many as there is room for. */
  private List<Call<Q, A>> run(List<Call<Q, A>> deferred) {
    var batch = deferred;
    try {
      batch = new ArrayList<>(deferred);
      queue.drainTo(batch, MOST_AT_ONCE - batch.size());
      return trip.make(batch);
    } catch (RuntimeException | Error failure) { // any, or those that wait would never hear of it
      for (var call : batch) {
        call.fail(failure);
      }
      return List.of();
    }
  }
}
