package io.userservice.application;

import static org.awaitility.Awaitility.await;

import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.DeliveryObserver.LeaseTaken;
import io.userservice.application.testkit.DecoratedPublisher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each step of the relay looks for the way to the stream first, so who counts that counts steps.
 */
@Execution(ExecutionMode.CONCURRENT)
final class IdleRelayTest {
  private final Hexagon hexagon = new Hexagon();
  private final AtomicInteger steps = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_relay_with_nothing_to_do_rests_whether_the_stream_is_there_or_not(boolean away) {
    hexagon.stream.away(away);
    var counting =
        new DecoratedPublisher(hexagon.stream) {
          @Override
          public synchronized Session session() {
            steps.incrementAndGet();
            return super.session();
          }
        };
    try (var relay =
        hexagon.instance(InstantSource.system(), counting).relay(RelayLoop.Options.DEFAULT)) {
      relay.start();
      await().until(() -> !hexagon.observer.facts(LeaseTaken.class).isEmpty());

      await().during(Duration.ofMillis(300)).until(() -> steps.get() < 10);
    }
  }
}
