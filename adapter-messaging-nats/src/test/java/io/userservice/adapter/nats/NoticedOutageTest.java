package io.userservice.adapter.nats;

import static io.userservice.adapter.nats.Broker.awaitReady;
import static io.userservice.adapter.nats.Broker.optionsFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.StreamConfiguration;
import io.userservice.adapter.nats.NatsMessaging.Connected;
import io.userservice.adapter.nats.NatsMessaging.Disconnected;
import io.userservice.adapter.nats.NatsMessaging.Fact;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.NatsMessaging.StreamMissing;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the adapter finds out about its servers by itself, and tells; it is waited for. */
class NoticedOutageTest {
  @TempDir Path store;
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    broker = new Broker(NatsServer.ofOurOwn(Setup.in(store)));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void a_server_that_hangs_is_noticed_though_nothing_is_published() {
    var messaging = broker.openReady();
    broker.server().pause();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(messaging::connection, Disconnected.class::isInstance);
  }

  /** How often is worth a line is for whoever writes the lines. */
  @Test
  void the_loss_each_attempt_in_vain_and_the_return_are_told() throws IOException {
    var messaging = broker.openReady();

    broker.server().kill();

    await().until(() -> told(Disconnected.class) >= 4);
    broker.server().restart();
    awaitReady(messaging);
    await().until(() -> told(Connected.class) == 2);
  }

  /** As by an instance that stands by. */
  @Test
  void a_stream_that_is_gone_is_noticed_though_nothing_is_published() {
    var messaging = broker.openReady();
    broker.manage(management -> management.deleteStream("USER_EVENTS"));
    broker.manage(
        management ->
            management.addStream(
                StreamConfiguration.builder().name("ALL").subjects("user.>").build()));

    await()
        .atMost(Duration.ofSeconds(15))
        .until(messaging::stream, StreamMissing.class::isInstance);
  }

  /** As with one that was cut off from its cluster: it answers, but there is no stream. */
  @Test
  void a_server_without_the_stream_is_left_for_one_that_has_it(@TempDir Path lonely)
      throws IOException {
    broker.server().kill();
    try (var server = NatsServer.ofOurOwn(Setup.in(lonely).withoutJetStream())) {
      var messaging = broker.open(optionsFor(server.url(), broker.server().url()), _ -> {});
      await().until(messaging::connection, Connected.class::isInstance);
      broker.server().restart();

      await()
          .atMost(Duration.ofSeconds(30))
          .until(messaging::stream, StreamFound.class::isInstance);
    }
  }

  @Test
  void a_wrong_password_is_a_reason_without_the_password() throws IOException {
    broker.close();
    broker =
        new Broker(
            NatsServer.ofOurOwn(
                Setup.in(store).with("authorization { user: \"ana\", password: \"right\" }")));
    var address = broker.server().url().substring("nats://".length());
    var facts = new ConcurrentLinkedQueue<Fact>();

    var wrong = broker.open(optionsFor("nats://ana:s3cr3t@" + address), facts::add);
    var right = broker.open(optionsFor("nats://ana:right@" + address), facts::add);

    awaitReady(right);
    await().until(() -> facts.stream().anyMatch(Disconnected.class::isInstance));
    assertThat(((Disconnected) wrong.connection()).reason())
        .containsIgnoringCase("authorization violation");
    assertThat(facts.toString()).doesNotContain("s3cr3t").doesNotContain("right@");
  }

  @Test
  void of_several_addresses_any_that_answers_will_do() {
    var facts = new ConcurrentLinkedQueue<Fact>();

    var messaging =
        broker.open(optionsFor("nats://127.0.0.1:1", broker.server().url()), facts::add);

    awaitReady(messaging);
    assertThat(messaging.connection()).isEqualTo(new Connected(broker.server().url()));
  }

  private long told(Class<? extends Fact> kind) {
    return broker.facts().stream().filter(kind::isInstance).count();
  }
}
