/** Events on their way to the world: NATS JetStream. The door is {@link NatsMessaging}. */
@NullMarked
package io.userservice.adapter.nats;

import org.jspecify.annotations.NullMarked;
