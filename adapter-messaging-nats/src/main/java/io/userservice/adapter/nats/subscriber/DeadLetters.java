package io.userservice.adapter.nats.subscriber;

/** Where messages go that could not be handled: a table, a file, another stream. */
@FunctionalInterface
public interface DeadLetters {

  /**
   * Takes a message for good; the subscriber won't see it again, and goes on with later events of
   * its user. When this throws, the message stays and is offered again. It may come twice, when the
   * process ends at the wrong moment.
   */
  void take(DeadLetter letter) throws Exception;
}
