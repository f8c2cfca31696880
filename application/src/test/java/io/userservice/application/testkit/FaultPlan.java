package io.userservice.application.testkit;

import io.userservice.application.driven.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What goes wrong with which call of a port. Calls are counted from one, over all ports that share
 * the plan; each fault happens once. May be used by any number of threads.
 *
 * <pre>{@code
 * var plan = new FaultPlan().with(3, new Fault.TimeoutAfterSuccess());
 * var store = new FaultyPersistence(new InMemoryPersistenceFixture(), plan);
 * }</pre>
 */
public final class FaultPlan {
  private final AtomicInteger calls = new AtomicInteger();
  private final ConcurrentLinkedQueue<Planned> planned = new ConcurrentLinkedQueue<>();
  private volatile boolean available = true;

  private record Planned(int call, Fault fault) {}

  /** A way to fail. */
  public sealed interface Fault {
    /** Nothing happens, and the caller is told that it isn't known: a refused connection. */
    record Failure() implements Fault {}

    /** It happens, and the caller is told that it isn't known: the answer got lost. */
    record TimeoutAfterSuccess() implements Fault {}

    /** It happens later than asked for. */
    record Delay(Duration duration) implements Fault {}

    /** It happens twice; the caller hears of the second time: a driver that repeats. */
    record Duplicate() implements Fault {}
  }

  /** One fault more, of the call of this number. */
  public FaultPlan with(int call, Fault fault) {
    planned.add(new Planned(call, fault));
    return this;
  }

  /** Whether calls get through at all; while they don't, each fails. */
  public void available(boolean value) {
    available = value;
  }

  /** How many calls there were. */
  public int calls() {
    return calls.get();
  }

  /** Makes the call, as the plan will have it. */
  public <T> T call(Supplier<T> call) {
    var number = calls.incrementAndGet();
    if (!available) {
      throw new StoreUnavailable("the store was made to be away");
    }
    var fault = planned.stream().filter(one -> one.call() == number).findFirst();
    if (fault.isEmpty()) {
      return call.get();
    }
    planned.remove(fault.get());
    return switch (fault.get().fault()) {
      case Fault.Failure _ -> throw new StoreUnavailable("call " + number + " was made to fail");
      case Fault.TimeoutAfterSuccess _ -> {
        call.get();
        throw new StoreUnavailable("the answer of call " + number + " was made to get lost");
      }
      case Fault.Delay(var duration) -> {
        pause(duration);
        yield call.get();
      }
      case Fault.Duplicate _ -> {
        call.get();
        yield call.get();
      }
    };
  }

  /** The same for a call that answers nothing. */
  public void run(Runnable call) {
    call(
        () -> {
          call.run();
          return true;
        });
  }

  private static void pause(Duration duration) {
    try {
      new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the delay ends early, the caller is told as ever
    }
  }
}
