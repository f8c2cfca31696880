package io.userservice.adapter.nats.subscriber;

/** What a message turned out to be. */
sealed interface Content {

  /** An event that is wanted. */
  record Wanted(ReceivedEvent event) implements Content {}

  /** One that isn't, by the subscription's own choice. */
  record Unwanted() implements Content {}

  /** Something on our subjects that no release of this library could mean: a new kind of event. */
  record Unheard(String subject) implements Content {}

  /** An event that can't be read. */
  record Unreadable(String reason) implements Content {}
}
