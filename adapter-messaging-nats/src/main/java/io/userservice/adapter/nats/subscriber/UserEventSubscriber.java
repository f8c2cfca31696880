package io.userservice.adapter.nats.subscriber;

import io.nats.client.JetStreamApiException;
import io.userservice.adapter.nats.Redaction;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Reads the events of users, for any team with a JVM:
 *
 * <pre>{@code
 * var subscription = Subscription.of("billing", "nats://localhost:4222").ofTenants("acme");
 * try (var _ = UserEventSubscriber.open(subscription, ledger, this::handle, this::keep, this::log)) {
 *   until.await();
 * }
 *
 * void handle(ReceivedEvent event) {
 *   switch (event) {
 *     case Created(var envelope, var email) -> open(envelope.user(), email);
 *     case Updated(var envelope, var differences) -> change(envelope.user(), differences);
 *     case Deleted(var envelope) -> close(envelope.user());
 *   }
 * }
 * }</pre>
 *
 * What it promises:
 *
 * <ul>
 *   <li>Every event of the stream that is wanted is given to the handler until it returns normally,
 *       or becomes a dead letter after so many {@linkplain Subscription.Patience attempts}. Nothing
 *       is dropped otherwise.
 *   <li>Of a user, nothing is handled before an earlier event is: one that fails holds up the later
 *       ones of its user and no others. This holds over restarts and crashes, for one process at a
 *       time, see {@link Subscription#inFlight}.
 *   <li>An event that is delivered again isn't handled again, as far as the {@link Ledger}
 *       remembers.
 *   <li>It waits for NATS, and for the stream, for any time, at the start and later.
 * </ul>
 *
 * Handler, ledger and dead letters are called by one thread.
 */
public final class UserEventSubscriber implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration TOLD_AGAIN = Duration.ofSeconds(10);
  private static final int PAUSE_MILLIS_LEAST = 250;
  private static final int PAUSE_MILLIS_MOST = 750;

  private final Subscription subscription;
  private final Treatment treatment;
  private final Observer observer;
  private final Thread thread = Thread.ofPlatform().name("user-events").unstarted(this::run);
  private volatile Optional<Hand> hand = Optional.empty();
  private volatile boolean closing;
  private String told = "";
  private long toldAt;

  private UserEventSubscriber(
      Subscription subscription,
      Ledger ledger,
      EventHandler handler,
      DeadLetters deadLetters,
      Observer observer) {
    this.subscription = subscription;
    this.observer = observer;
    this.treatment =
        new Treatment(subscription, ledger, handler, deadLetters, observer, () -> closing);
  }

  /** Begins to connect and to deliver, and returns at once. */
  public static UserEventSubscriber open(
      Subscription subscription,
      Ledger ledger,
      EventHandler handler,
      DeadLetters deadLetters,
      Observer observer) {
    var subscriber = new UserEventSubscriber(subscription, ledger, handler, deadLetters, observer);
    subscriber.thread.start();
    return subscriber;
  }

  /** Is told what happens; must return at once and never throw. */
  @FunctionalInterface
  public interface Observer {
    void on(Fact fact);
  }

  /** Something worth a line in the log. */
  public sealed interface Fact {}

  /** Events are being delivered, by this server. */
  public record Connected(String server) implements Fact {}

  /**
   * They aren't; it is tried for all the time. Told again when the reason changes, every ten
   * seconds at most: of several servers each has its own.
   */
  public record Disconnected(String reason) implements Fact {}

  /**
   * An event wasn't handled, or a dead letter not taken; it is tried again.
   *
   * @param event empty for a message that can't be read
   * @param failures so far
   * @param pause until the next attempt
   */
  public record Failed(Optional<ReceivedEvent> event, Throwable cause, int failures, Duration pause)
      implements Fact {}

  /** A dead letter was taken. */
  public record Buried(DeadLetter letter) implements Fact {}

  /** The ledger says that the event was handled before. */
  public record Skipped(ReceivedEvent event) implements Fact {}

  /** A kind of event that this library doesn't know was acknowledged unread. */
  public record PassedOver(String subject) implements Fact {}

  private void run() {
    while (!closing) {
      try {
        session();
        if (!closing) {
          TimeUnit.MILLISECONDS.sleep(
              ThreadLocalRandom.current().nextInt(PAUSE_MILLIS_LEAST, PAUSE_MILLIS_MOST));
        }
      } catch (InterruptedException _) {
        // By close(), which ends it, or left behind by a handler: then it goes on.
      }
    }
    observer.on(new Disconnected("closed"));
  }

  private void session() throws InterruptedException {
    try (var session = Session.open(subscription)) {
      hand = Optional.of(session.hand());
      if (closing) {
        session.hand().close(); // close() had no more than the one before
      }
      told = "";
      observer.on(new Connected(session.server()));
      session.awaitLeftovers();
      treatAll(session.hand());
      disconnected(session.reason());
    } catch (JetStreamApiException refused) {
      disconnected(
          refused.getErrorDescription() + " (JetStream error " + refused.getApiErrorCode() + ")");
    } catch (IOException | RuntimeException | Error failure) {
      // jnats has many ways to say that something isn't as it should be, and it makes threads when
      // it connects, for which there may be no room; nothing may end this thread.
      disconnected(Redaction.redacted(failure.toString()));
    }
  }

  private void treatAll(Hand inHand) throws InterruptedException {
    while (!closing) {
      var next = inHand.next();
      if (next.isEmpty()) {
        return;
      }
      treatment.treat(next.get(), inHand);
    }
  }

  private void disconnected(String reason) {
    if (!closing && !reason.equals(told) && mayTell()) {
      told = reason;
      toldAt = System.nanoTime();
      observer.on(new Disconnected(reason));
    }
  }

  private boolean mayTell() {
    return told.isEmpty() || System.nanoTime() - toldAt > TOLD_AGAIN.toNanos();
  }

  /**
   * Lets the handler finish what it is at, and gives back the rest. A handler that takes longer
   * than 10 s is interrupted; its event comes again.
   */
  @Override
  public void close() {
    closing = true;
    hand.ifPresent(Hand::close);
    try {
      if (!thread.join(CLOSING)) {
        thread.interrupt();
        thread.join(CLOSING);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
