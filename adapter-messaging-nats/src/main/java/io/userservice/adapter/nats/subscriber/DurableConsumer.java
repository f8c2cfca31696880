package io.userservice.adapter.nats.subscriber;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;

/** The consumer in NATS: created when it isn't there, and never changed when it is. */
final class DurableConsumer {
  static final String STREAM = "USER_EVENTS";
  private static final int NOT_FOUND = 10014;
  private static final int UNLIMITED = -1;

  private final Subscription subscription;

  DurableConsumer(Subscription subscription) {
    this.subscription = subscription;
  }

  /**
   * @throws IOException also when there is one that can't be used
   */
  ConsumerInfo ensure(JetStreamManagement management) throws IOException, JetStreamApiException {
    try {
      return usable(management.getConsumerInfo(STREAM, subscription.durable()));
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() != NOT_FOUND) {
        throw refused;
      }
      return usable(management.createConsumer(STREAM, wanted()));
    }
  }

  private ConsumerConfiguration wanted() {
    return ConsumerConfiguration.builder()
        .durable(subscription.durable())
        .ackPolicy(AckPolicy.Explicit)
        .deliverPolicy(
            switch (subscription.start()) {
              case OLDEST -> DeliverPolicy.All;
              case NEW -> DeliverPolicy.New;
            })
        .ackWait(subscription.patience().ackWait())
        .maxAckPending(subscription.inFlight())
        // It is us who give up, with a dead letter; the server would do so silently.
        .maxDeliver(UNLIMITED)
        .build();
  }

  private static ConsumerInfo usable(ConsumerInfo found) throws IOException {
    var configuration = found.getConsumerConfiguration();
    if (configuration.getDeliverSubject() != null
        || configuration.getAckPolicy() != AckPolicy.Explicit
        || configuration.getMaxDeliver() > 0) {
      throw new IOException(
          "the consumer %s is of another kind: needed are pull, explicit acknowledgement and no"
                  .formatted(found.getName())
              + " limit of deliveries, beyond which NATS drops events silently");
    }
    return found;
  }
}
