package io.userservice.adapter.nats.subscriber;

/** What a team does with an event. */
@FunctionalInterface
public interface EventHandler {

  /**
   * Called by one thread, with one event at a time. An event counts as handled when this returns;
   * when it throws, the event comes again after a while, and until then no later one of its user.
   */
  void on(ReceivedEvent event) throws Exception;
}
