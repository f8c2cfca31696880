package io.userservice.application.delivery;

import io.userservice.application.delivery.Relay.Idle;
import io.userservice.application.delivery.Relay.Overtaken;
import io.userservice.application.delivery.Relay.Progress;
import io.userservice.application.delivery.Relay.Stuck;
import io.userservice.application.driven.CommitSignal;
import io.userservice.application.driven.DeliveryObserver;
import io.userservice.application.driven.DeliveryObserver.DeliveryFailed;
import io.userservice.application.driven.DeliveryObserver.LeaseLost;
import io.userservice.application.driven.DeliveryObserver.LeaseTaken;
import io.userservice.application.driven.DeliveryObserver.StoreAway;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.LeaseGone;
import io.userservice.application.driven.Outbox;
import io.userservice.application.driven.RecentCommits;
import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.RelayLease.Lease;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.StreamLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The thread that delivers: waits for the lease, then for commits, and steps until nothing is left.
 * Whatever fails is tried again; only {@link #close()} ends it.
 */
public final class RelayLoop implements AutoCloseable {
  private final Relay relay;
  private final PendingEvents events;
  private final RelayLease leases;
  private final CommitSignal signal;
  private final DeliveryObserver observer;
  private final Options options;
  private final Intake intake;
  private final StreamWatch stream;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Pace pace;
  private final Semaphore wakeUp = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("relay").unstarted(this::run);
  private volatile boolean closing;

  /** To be had from {@link io.userservice.application.UserApplication#relay}. */
  public RelayLoop(
      Outbox outbox,
      RecentCommits recent,
      EventPublisher publisher,
      StreamLedger ledger,
      RelayLease leases,
      CommitSignal signal,
      DeliveryObserver observer,
      InstantSource clock,
      DoubleSupplier chance,
      Options options) {
    this.events =
        new PendingEvents(
            outbox,
            observer,
            new Interval(clock, options.settle()),
            options.batch(),
            Thread.ofVirtual().name("relay-marks")::start);
    this.intake = new Intake(this.events, recent, new Interval(clock, options.poll()));
    this.stream =
        new StreamWatch(
            publisher,
            ledger,
            this.events,
            intake,
            observer,
            clock,
            new Interval(clock, options.look()));
    this.relay = new Relay(this.events, intake, stream, observer, clock);
    this.leases = leases;
    this.signal = signal;
    this.observer = observer;
    this.options = options;
    this.clock = clock;
    this.pace = new Pace(new Interval(clock, options.gather()), options.gatherFrom());
    this.backoff = new Backoff(options.retryAfter(), options.retryAtMost(), chance);
  }

  /**
   * The loop's numbers.
   *
   * @param batch most events of one step
   * @param poll longest wait for a signal: finds what was committed without one
   * @param look how often the stream is compared with what it should hold
   * @param renewEvery how often the lease is renewed
   * @param patience how long it is renewed while the relay waits for one answer
   * @param standBy how often the lease is tried for by those without it
   * @param gather how long a loaded relay lets events gather, so that it leaves the cores to others
   * @param gatherFrom from how many events within that time on the relay counts as loaded
   * @param settle how long what was acknowledged may wait to be marked, together with what follows
   * @param retryAfter first wait after a failure; doubles with each further one
   * @param retryAtMost longest wait after a failure; chance shortens each, by half at most
   * @param drain longest that {@link #close()} goes on delivering
   */
  public record Options(
      int batch,
      Duration poll,
      Duration look,
      Duration renewEvery,
      Duration patience,
      Duration standBy,
      Duration gather,
      int gatherFrom,
      Duration settle,
      Duration retryAfter,
      Duration retryAtMost,
      Duration drain) {
    public static final Options DEFAULT =
        new Options(
            512,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(30),
            Duration.ofMillis(1_100),
            Duration.ofMillis(20),
            16,
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));
  }

  /** Begins to deliver. */
  public void start() {
    thread.start();
  }

  /** Tries again at once what waits after a failure: the broker is back. */
  public void retryNow() {
    backoff.reset();
    wakeUp.release();
    signal.raise();
  }

  /** Delivers what is left, at most {@link Options#drain}, and gives the lease back. */
  @Override
  public void close() {
    closing = true;
    signal.raise();
    wakeUp.release();
    if (thread.getState() == Thread.State.NEW) {
      return; // never started: there is nothing to wait for
    }
    try {
      if (!thread.join(options.drain())) {
        thread.interrupt();
        thread.join(options.drain());
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try {
        var lease = stream.isReachable() ? leases.tryTakeOver() : leases.tryAcquire();
        if (lease.isPresent()) {
          lead(lease.get());
        } else {
          pause(options.standBy());
        }
      } catch (LeaseGone _) {
        observer.on(new LeaseLost());
      } catch (InterruptedException _) {
        return; // close() has waited long enough; what is pending stays in the outbox
      } catch (StoreUnavailable away) {
        observer.on(new StoreAway(String.valueOf(away.getMessage())));
        tryToPause();
      } catch (RuntimeException | Error bug) { // a relay that dies would stop all events for good
        observer.on(new DeliveryFailed(bug));
        tryToPause();
      }
    }
  }

  private void lead(Lease granted) throws InterruptedException {
    observer.on(new LeaseTaken());
    var lease =
        new HeldLease(
            granted,
            new Interval(clock, options.renewEvery()),
            new Interval(clock, options.patience()));
    try (var _ = Heartbeat.of(lease)) {
      lead(lease);
    }
  }

  private void lead(HeldLease lease) throws InterruptedException {
    stream.forget();
    events.begin(lease);
    while (lease.keep()) {
      events.settleWhenDue();
      switch (relay.step(lease, options.batch())) {
        case Idle _ -> {
          backoff.reset();
          if (closing) {
            leave(lease);
            return;
          }
          awaitWork(lease);
        }
        case Progress(var events) -> {
          backoff.reset();
          pace.count(events);
          if (!closing && pace.isFast() && events < options.batch()) {
            TimeUnit.NANOSECONDS.sleep(options.gather().toNanos());
          }
        }
        // The stream is there; only who writes to it all the time makes this happen often.
        case Overtaken _ -> pause(options.retryAfter());
        case Stuck _ -> {
          if (closing) {
            leave(lease);
            return;
          }
          pause(backoff.next());
        }
      }
    }
    observer.on(new LeaseLost());
  }

  private void leave(HeldLease lease) {
    events.settle();
    lease.release();
  }

  /** Waits for a commit, or until it is time to look for oneself. */
  private void awaitWork(HeldLease lease) throws InterruptedException {
    while (!closing && lease.keep()) {
      var longest = shorter(lease.untilRenewal(), intake.untilAsking());
      if (signal.await(events.untilDue(longest)) || intake.isDue() || stream.isDue()) {
        return;
      }
      events.settleWhenDue();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void tryToPause() {
    try {
      pause(backoff.next());
    } catch (InterruptedException _) {
      closing = true;
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    if (wakeUp.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      wakeUp.drainPermits();
    }
  }
}
