package io.userservice.adapter.nats;

import static io.userservice.adapter.nats.Broker.someEvents;
import static io.userservice.application.testkit.EventPublisherContract.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.userservice.adapter.nats.NatsMessaging.Difference;
import io.userservice.adapter.nats.NatsMessaging.StreamDiffers;
import io.userservice.adapter.nats.NatsMessaging.StreamFound;
import io.userservice.adapter.nats.NatsMessaging.StreamMissing;
import io.userservice.adapter.nats.NatsMessaging.StreamReady;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Unknown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserEventsStreamTest {
  @TempDir Path store;
  private Broker broker;

  private void start(Setup setup) throws IOException {
    broker = new Broker(NatsServer.ofOurOwn(setup));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void an_absent_stream_is_created_as_the_contract_says() throws IOException {
    start(Setup.in(store));

    var messaging = broker.openReady();

    var stream = broker.manage(management -> management.getStreamInfo("USER_EVENTS"));
    var created = stream.getConfiguration();
    assertThat(created.getSubjects()).containsExactly("user.*");
    assertThat(created.getRetentionPolicy()).isEqualTo(RetentionPolicy.Limits);
    assertThat(created.getMaxAge()).isEqualTo(Duration.ofDays(7));
    assertThat(created.getMaxMsgs()).isEqualTo(1_000_000);
    assertThat(created.getStorageType()).isEqualTo(StorageType.File);
    assertThat(created.getDiscardPolicy()).isEqualTo(DiscardPolicy.Old);
    assertThat(created.getReplicas()).isEqualTo(1);
    assertThat(created.getMaxBytes()).isEqualTo(-1);
    assertThat(messaging.stream()).isEqualTo(new StreamFound(List.of()));
    await().until(() -> broker.facts().contains(new StreamReady(true)));
  }

  @Test
  void what_an_operator_has_changed_stays_and_is_told_once() throws IOException {
    start(Setup.in(store));
    broker.manage(
        management ->
            management.addStream(
                StreamConfiguration.builder()
                    .name("USER_EVENTS")
                    .subjects("user.*", "member.*")
                    .maxAge(Duration.ofDays(30))
                    .discardPolicy(DiscardPolicy.New)
                    .build()));
    var before = configuration();

    var messaging = broker.openReady();
    broker.server().kill();
    broker.server().restart();
    await().until(() -> broker.facts().stream().filter(StreamReady.class::isInstance).count() == 2);

    var drift =
        List.of(
            new Difference("subjects", "[user.*]", "[user.*, member.*]"),
            new Difference("max_age", "PT168H", "PT720H"),
            new Difference("max_msgs", "1000000", "-1"),
            new Difference("discard", "old", "new"));
    assertThat(messaging.stream()).isEqualTo(new StreamFound(drift));
    assertThat(broker.facts()).containsOnlyOnce(new StreamDiffers(drift));
    assertThat(configuration()).isEqualTo(before);
  }

  private String configuration() {
    return broker.manage(
        management -> management.getStreamInfo("USER_EVENTS").getConfiguration().toJson());
  }

  @Test
  void a_stream_that_is_deleted_is_created_again() throws IOException {
    start(Setup.in(store));
    var messaging = broker.openReady();
    var events = someEvents(3);
    publish(messaging.publisher(), events);
    broker.manage(management -> management.deleteStream("USER_EVENTS"));

    for (var event : events) { // together, the last ones could be the first that find it
      await()
          .until(
              () -> publish(messaging.publisher(), List.of(event)),
              outcomes -> outcomes.stream().allMatch(Acknowledged.class::isInstance));
    }

    assertThat(broker.stored()).isEqualTo(Broker.asStored(events));
  }

  @Test
  void a_foreign_stream_that_takes_our_subjects_is_named_and_gets_nothing() throws IOException {
    start(Setup.in(store));
    broker.manage(
        management ->
            management.addStream(
                StreamConfiguration.builder().name("ALL").subjects("user.>").build()));

    var messaging = broker.open();

    await()
        .until(
            messaging::stream,
            state ->
                state instanceof StreamMissing(var reason)
                    && reason.contains("subjects overlap with an existing stream"));
    assertThat(publish(messaging.publisher(), someEvents(2)))
        .hasSize(2)
        .allMatch(
            outcome ->
                outcome instanceof Unknown(var reason) && reason.contains("subjects overlap"));
    assertThat(
            broker.<Long>manage(
                management -> management.getStreamInfo("ALL").getStreamState().getMsgCount()))
        .isZero();
    broker.manage(management -> management.deleteStream("ALL"));
    Broker.awaitReady(messaging);
  }

  @Test
  void a_foreign_stream_that_takes_over_our_subjects_is_found_by_the_expected_stream()
      throws IOException {
    start(Setup.in(store));
    var messaging = broker.openReady();
    broker.manage(
        management -> {
          management.updateStream(
              StreamConfiguration.builder().name("USER_EVENTS").subjects("moved.*").build());
          return management.addStream(
              StreamConfiguration.builder().name("ALL").subjects("user.>").build());
        });

    var outcomes = publish(messaging.publisher(), someEvents(2));

    assertThat(outcomes)
        .hasSize(2)
        .allMatch(
            outcome ->
                outcome instanceof Unknown(var reason)
                    && reason.contains("another stream than USER_EVENTS takes the subject"));
    await()
        .until(
            messaging::stream,
            state ->
                state instanceof StreamFound(var drift)
                    && drift.contains(new Difference("subjects", "[user.*]", "[moved.*]")));
  }

  @Test
  void a_server_without_jetstream_is_no_stream_and_refuses_nothing() throws IOException {
    start(Setup.in(store).withoutJetStream());

    var messaging = broker.open();

    await()
        .until(
            messaging::stream,
            state ->
                state instanceof StreamMissing(var reason)
                    && reason.contains("is JetStream enabled there?"));
    assertThat(messaging.connection()).isInstanceOf(NatsMessaging.Connected.class);
    assertThat(publish(messaging.publisher(), someEvents(2)))
        .hasSize(2)
        .allMatch(
            outcome ->
                outcome instanceof Unknown(var reason)
                    && reason.contains("is JetStream enabled there?"));
  }

  @Test
  void a_message_that_is_too_large_for_the_stream_is_refused() throws IOException {
    start(Setup.in(store));
    broker.manage(
        management ->
            management.addStream(
                StreamConfiguration.builder()
                    .name("USER_EVENTS")
                    .subjects("user.*")
                    .maximumMessageSize(100)
                    .build()));

    var outcomes = publish(broker.openReady().publisher(), someEvents(1));

    assertThat(outcomes)
        .containsExactly(
            new Refused("message size exceeds maximum allowed (JetStream error 10054)"));
  }

  @Test
  void a_stream_that_is_full_refuses_nothing() throws IOException {
    start(Setup.in(store));
    broker.manage(
        management ->
            management.addStream(
                StreamConfiguration.builder()
                    .name("USER_EVENTS")
                    .subjects("user.*")
                    .maxMessages(2)
                    .discardPolicy(DiscardPolicy.New)
                    .build()));

    var outcomes = publish(broker.openReady().publisher(), someEvents(3));

    assertThat(outcomes.subList(0, 2)).allMatch(Acknowledged.class::isInstance);
    assertThat(outcomes.get(2)).isInstanceOf(Unknown.class);
  }
}
