package io.userservice.adapter.nats.subscriber;

import io.nats.client.Message;
import io.userservice.adapter.nats.subscriber.Attempts.InVain;
import io.userservice.adapter.nats.subscriber.Content.Unheard;
import io.userservice.adapter.nats.subscriber.Content.Unreadable;
import io.userservice.adapter.nats.subscriber.Content.Unwanted;
import io.userservice.adapter.nats.subscriber.Content.Wanted;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Buried;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Failed;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Observer;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.PassedOver;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Skipped;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What is done with a delivery: handled, tried again, or buried. By one thread. */
final class Treatment {
  private final Subscription.Patience patience;
  private final Ledger ledger;
  private final EventHandler handler;
  private final DeadLetters deadLetters;
  private final Observer observer;
  private final BooleanSupplier closing;
  private final Attempts attempts = new Attempts();

  Treatment(
      Subscription subscription,
      Ledger ledger,
      EventHandler handler,
      DeadLetters deadLetters,
      Observer observer,
      BooleanSupplier closing) {
    this.patience = subscription.patience();
    this.ledger = ledger;
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.observer = observer;
    this.closing = closing;
  }

  void treat(Delivery delivery, Hand hand) throws InterruptedException {
    switch (delivery.content()) {
      case Wanted(var event) -> handle(event, delivery, hand);
      case Unwanted() -> acknowledge(delivery, hand);
      case Unheard(var subject) -> {
        observer.on(new PassedOver(subject));
        acknowledge(delivery, hand);
      }
      case Unreadable(var reason) -> bury(reason, delivery, hand);
    }
  }

  private void handle(ReceivedEvent event, Delivery delivery, Hand hand)
      throws InterruptedException {
    var inVain = attempts.of(delivery);
    if (inVain.handled() >= patience.attempts()) {
      bury(inVain.reason(), delivery, hand);
      return;
    }
    var work = new Handling(event);
    try {
      ledger.once(event, work);
    } catch (Throwable failure) {
      // Whatever it is, a handler's bug too: the event is neither lost nor in the way of others.
      demandNoInterruption(failure);
      failed(failure, work, delivery, hand);
      return;
    }
    if (!work.begun) {
      observer.on(new Skipped(event));
    }
    acknowledge(delivery, hand);
  }

  /** Ours comes when it is closed; another one is what some pool of the handler's threw. */
  private void demandNoInterruption(Throwable failure) throws InterruptedException {
    if (failure instanceof InterruptedException interruption && closing.getAsBoolean()) {
      throw interruption;
    }
  }

  /** The handler's part, which tells whether it was called, and whether it is what failed. */
  private final class Handling implements Ledger.Work {
    private final ReceivedEvent event;
    private boolean begun;
    private boolean ended;

    Handling(ReceivedEvent event) {
      this.event = event;
    }

    @Override
    public void run() throws Exception {
      begun = true;
      handler.on(event);
      ended = true;
    }
  }

  private void failed(Throwable failure, Handling work, Delivery delivery, Hand hand)
      throws InterruptedException {
    if (!work.begun || work.ended) {
      rest(failure, attempts.notOver(delivery), delivery, hand);
      return;
    }
    var inVain = attempts.notHandled(delivery, failure.toString());
    if (inVain.handled() >= patience.attempts()) {
      bury(inVain.reason(), delivery, hand);
    } else {
      rest(failure, inVain, delivery, hand);
    }
  }

  private void rest(Throwable failure, InVain inVain, Delivery delivery, Hand hand) {
    var pause = patience.pauseAfter(inVain.count());
    observer.on(new Failed(delivery.event(), failure, inVain.count(), pause));
    hand.again(delivery, pause);
  }

  private void bury(String reason, Delivery delivery, Hand hand) throws InterruptedException {
    var letter = delivery.letter(reason, attempts.of(delivery).handled());
    try {
      deadLetters.take(letter);
    } catch (Throwable failure) {
      // As above.
      demandNoInterruption(failure);
      rest(failure, attempts.notOver(delivery), delivery, hand);
      return;
    }
    observer.on(new Buried(letter));
    settle(delivery, hand, Message::term);
  }

  private void acknowledge(Delivery delivery, Hand hand) {
    settle(delivery, hand, Message::ack);
  }

  private void settle(Delivery delivery, Hand hand, Consumer<Message> answer) {
    try {
      answer.accept(delivery.message());
    } catch (IllegalStateException _) {
      // The connection was lost meanwhile: it is delivered again, and the ledger knows it.
    }
    attempts.forget(delivery);
    hand.done(delivery);
  }
}
