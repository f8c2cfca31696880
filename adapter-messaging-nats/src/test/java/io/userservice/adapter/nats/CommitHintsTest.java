package io.userservice.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.nats.NatsMessaging.CommittedElsewhere;
import io.userservice.adapter.nats.NatsMessaging.Fact;
import io.userservice.adapter.nats.NatsMessaging.Options;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitHintsTest {
  @TempDir Path store;
  private Broker broker;
  private final Collection<Fact> here = new ConcurrentLinkedQueue<>();
  private final Collection<Fact> there = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() throws IOException {
    broker = new Broker(NatsServer.ofOurOwn(Setup.in(store)));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void a_commit_is_heard_by_the_others_and_not_by_oneself() {
    var announcing = open("/user-service", here);
    open("/user-service", there);

    announcing.announceCommit();

    await().until(() -> hints(there) == 1);
    assertThat(hints(here)).isZero();
  }

  @Test
  void a_stream_of_commits_is_few_hints() {
    var announcing = open("/user-service", here);
    open("/user-service", there);

    var start = System.nanoTime();
    for (var i = 0; i < 100_000; i++) {
      announcing.announceCommit();
    }
    var millis = (System.nanoTime() - start) / 1_000_000;

    await().until(() -> hints(there) > 0);
    assertThat(hints(there)).isLessThan(3 + millis / 5);
  }

  @Test
  void another_service_isnt_woken() {
    var announcing = open("/user-service", here);
    open("/other-service", there);
    var same = new ConcurrentLinkedQueue<Fact>();
    open("/user-service", same);

    announcing.announceCommit();

    await().until(() -> hints(same) == 1);
    assertThat(hints(there)).isZero();
  }

  @Test
  void hints_are_heard_again_after_an_outage() throws IOException {
    var announcing = open("/user-service", here);
    var hearing = open("/user-service", there);
    broker.server().kill();
    await().until(hearing::connection, NatsMessaging.Disconnected.class::isInstance);
    await().until(announcing::connection, NatsMessaging.Disconnected.class::isInstance);
    announcing.announceCommit();
    broker.server().restart();
    Broker.awaitReady(announcing);
    Broker.awaitReady(hearing);

    await()
        .until(
            () -> {
              announcing.announceCommit();
              return hints(there) > 0;
            });
  }

  private NatsMessaging open(String source, Collection<Fact> facts) {
    var defaults = Broker.optionsFor(broker.server().url());
    var messaging =
        broker.open(
            new Options(
                defaults.servers(),
                defaults.credentials(),
                defaults.replicas(),
                source,
                defaults.schemaBase(),
                defaults.publishDeadline(),
                defaults.window()),
            facts::add);
    Broker.awaitReady(messaging);
    return messaging;
  }

  private static long hints(Collection<Fact> facts) {
    return facts.stream().filter(CommittedElsewhere.class::isInstance).count();
  }
}
