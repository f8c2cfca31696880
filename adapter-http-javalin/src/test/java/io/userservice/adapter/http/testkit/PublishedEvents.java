package io.userservice.adapter.http.testkit;

import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Hears of each event that the stream has taken, and lets others wait for one. */
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

  RecordedEvent await(Predicate<RecordedEvent> demand, Duration patience) {
    lock.lock();
    try {
      var left = patience.toNanos();
      var found = find(demand);
      while (found.isEmpty() && left > 0) {
        left = more.awaitNanos(left);
        found = find(demand);
      }
      return found.orElseThrow(() -> new AssertionError(missing(patience)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while an event was waited for");
    } finally {
      lock.unlock();
    }
  }

  private Optional<RecordedEvent> find(Predicate<RecordedEvent> demand) {
    return events.stream().filter(demand).findFirst();
  }

  private String missing(Duration patience) {
    return "no such event within %d s; there were %s"
        .formatted(TimeUnit.NANOSECONDS.toSeconds(patience.toNanos()), events);
  }
}
