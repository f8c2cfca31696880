/**
 * For the teams that read the events: typed, each once, per user in order. The door is {@link
 * UserEventSubscriber}.
 */
@NullMarked
package io.userservice.adapter.nats.subscriber;

import org.jspecify.annotations.NullMarked;
