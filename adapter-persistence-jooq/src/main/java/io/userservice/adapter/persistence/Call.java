package io.userservice.adapter.persistence;

import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A question that waits; whoever claims it first, the lane or its own thread, has its way. */
final class Call<Q, A> {
  private final Q question;
  private final CompletableFuture<A> answer = new CompletableFuture<>();
  private final AtomicBoolean claimed = new AtomicBoolean();

  Call(Q question) {
    this.question = question;
  }

  Q question() {
    return question;
  }

  /** False when it was given up. */
  boolean begin() {
    return claimed.compareAndSet(false, true);
  }

  /** Only the first answer or failure counts. */
  void end(A value) {
    answer.complete(value);
  }

  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  /** What is under way is waited for; what isn't when the time is up will never be. */
  A await(Duration patience) {
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return giveUp("waited %d s for a turn at the database".formatted(patience.toSeconds()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return giveUp("interrupted");
    } catch (ExecutionException failure) {
      throw failure(failure.getCause());
    }
  }

  private A giveUp(String reason) {
    if (begin()) {
      throw new StoreUnavailable(reason + ", nothing was done");
    }
    try {
      return answer.join();
    } catch (CompletionException failure) {
      throw failure(failure.getCause());
    }
  }

  /** A new one with this thread's stack; the cause has that of the thread that did the work. */
  private static RuntimeException failure(@Nullable Throwable cause) {
    return cause instanceof StoreUnavailable away
        ? new StoreUnavailable(String.valueOf(away.getMessage()), away)
        : new IllegalStateException("a batch failed", cause);
  }
}
