package io.userservice.application.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets many threads do something at the same moment. */
public final class Collision {
  private Collision() {}

  /** The answers of {@code count} actions that began together, in the order of their numbers. */
  public static <T> List<T> of(int count, IntFunction<Callable<T>> actions)
      throws InterruptedException, ExecutionException {
    var ready = new CountDownLatch(count);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<T>>();
      for (var i = 0; i < count; i++) {
        var action = actions.apply(i);
        futures.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return action.call();
                }));
      }
      var answers = new ArrayList<T>();
      for (var future : futures) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
