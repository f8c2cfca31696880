package io.userservice.adapter.nats.subscriber;

import io.userservice.adapter.nats.subscriber.ReceivedEvent.Created;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Deleted;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Updated;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Fact;
import io.userservice.domain.user.UserKey;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** What docs/subscribing.md shows, so that it compiles and runs. */
final class DocumentedExample {
  private final Ledger ledger = new InMemoryLedger();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  void run(String address, CountDownLatch until) throws InterruptedException {
    var subscription = Subscription.of("billing", address).ofTenants("acme");
    try (var _ =
        UserEventSubscriber.open(subscription, ledger, this::handle, this::keep, this::log)) {
      until.await();
    }
  }

  void handle(ReceivedEvent event) {
    switch (event) {
      case Created(var envelope, var email) -> open(envelope.user(), email);
      case Updated(var envelope, var differences) -> change(envelope.user(), differences);
      case Deleted(var envelope) -> close(envelope.user());
    }
  }

  private void open(UserKey user, String email) {
    done.add("open " + user.id() + " " + email);
  }

  private void change(UserKey user, List<Difference> differences) {
    done.add("change " + user.id() + " " + differences);
  }

  private void close(UserKey user) {
    done.add("close " + user.id());
  }

  private void keep(DeadLetter letter) {
    done.add(letter.reason());
  }

  private void log(Fact fact) {
    // a line in the team's log
  }

  List<String> done() {
    return List.copyOf(done);
  }
}
