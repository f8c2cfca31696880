package io.userservice.adapter.nats;

import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.testkit.EventPublisherContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class JetStreamPublisherTest extends EventPublisherContract {
  @TempDir Path store;

  @Override
  protected Fixture fixture() {
    try {
      return new RealStream(
          new Broker(NatsServer.ofOurOwn(Setup.in(store).with("max_payload: 64KB"))));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class RealStream implements Fixture {
    private final Broker broker;
    private final NatsMessaging messaging;

    RealStream(Broker broker) {
      this.broker = broker;
      this.messaging = broker.openReady();
    }

    @Override
    public EventPublisher publisher() {
      return messaging.publisher();
    }

    @Override
    public List<String> stored() {
      return broker.stored();
    }

    @Override
    public void away() {
      broker.server().kill();
    }

    @Override
    public void back() {
      try {
        broker.server().restart();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      Broker.awaitReady(messaging);
    }

    @Override
    public int tooManyBytes() {
      return 65_536;
    }

    @Override
    public void close() {
      broker.close();
    }
  }
}
