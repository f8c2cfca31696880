package io.userservice.adapter.http.testkit;

import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Hears of each event that the stream has taken, and lets others wait for some. */
final class PublishedEvents implements DeliveryObserver {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<RecordedEvent> events = new ArrayList<>();

  @Override
  public void on(DeliveryFact fact) {
    if (fact instanceof Published published) {
      lock.lock();
      try {
        events.add(published.event());
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  List<RecordedEvent> await(int count, Predicate<RecordedEvent> demand, Duration patience) {
    lock.lock();
    try {
      var left = patience.toNanos();
      var found = find(count, demand);
      while (found.size() < count && left > 0) {
        left = more.awaitNanos(left);
        found = find(count, demand);
      }
      if (found.size() < count) {
        throw new AssertionError(missing(count, patience));
      }
      return found;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while an event was waited for");
    } finally {
      lock.unlock();
    }
  }

  private List<RecordedEvent> find(int count, Predicate<RecordedEvent> demand) {
    return events.stream().filter(demand).limit(count).toList();
  }

  private String missing(int count, Duration patience) {
    return "not %d such events within %d s; there were %s"
        .formatted(count, TimeUnit.NANOSECONDS.toSeconds(patience.toNanos()), events);
  }
}
