package io.userservice.adapter.nats;

import static io.userservice.adapter.nats.Broker.DEADLINE;
import static io.userservice.adapter.nats.Broker.asStored;
import static io.userservice.adapter.nats.Broker.awaitReady;
import static io.userservice.adapter.nats.Broker.optionsFor;
import static io.userservice.adapter.nats.Broker.someEvents;
import static io.userservice.application.testkit.EventPublisherContract.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.nats.NatsMessaging.Connected;
import io.userservice.adapter.nats.NatsMessaging.Disconnected;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.RecordedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What the adapter does when the server goes, hangs, and comes back; {@link NoticedOutageTest} has
 * what it notices.
 */
@Isolated("its times are limits")
class OutageTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration SHORT_DEADLINE = Duration.ofMillis(300);
  private static final Duration LONG_DEADLINE = Duration.ofSeconds(30);
  private static final Duration WELL_BEFORE = Duration.ofSeconds(10);

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
  void a_server_that_isnt_there_costs_no_time_and_is_found_when_it_comes() throws IOException {
    broker.server().kill();
    var messaging = broker.open();
    await().until(() -> !broker.facts().isEmpty());

    var outcomes = timed(AT_ONCE, () -> publish(messaging.publisher(), someEvents(3)));

    assertThat(outcomes).hasSize(3).allMatch(Unknown.class::isInstance);
    assertThat(messaging.connection())
        .isInstanceOfSatisfying(
            Disconnected.class, state -> assertThat(state.reason()).contains("refused"));
    broker.server().restart();
    awaitReady(messaging);
    assertThat(messaging.connection()).isInstanceOf(Connected.class);
    assertThat(publish(messaging.publisher(), someEvents(3)))
        .allMatch(Acknowledged.class::isInstance);
  }

  @Test
  void what_was_in_the_air_when_the_server_was_killed_is_in_the_stream_once() throws Exception {
    var messaging = broker.openReady();
    var sent = new ArrayList<RecordedEvent>();
    var enough = new AtomicBoolean();
    var cut = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var relay =
          threads.submit(
              () -> {
                while (!enough.get()) {
                  var events = someEvents(1_000);
                  cut.addAndGet(publishAll(messaging.publisher(), events));
                  sent.addAll(events);
                }
              });
      // A kill may fall between two lists, or before the first acknowledgement of one.
      for (var kills = 0; kills < 3 || kills < 30 && cut.get() == 0; kills++) {
        var before = lastSequence();
        await().pollInterval(Duration.ofMillis(5)).until(() -> lastSequence() > before + 1_000);
        broker.server().kill();
        broker.server().restart();
        awaitReady(messaging);
      }
      enough.set(true);
      relay.get();
      assertThat(cut).as("lists that a kill cut in two").hasPositiveValue();
    }

    assertThat(broker.stored()).isEqualTo(asStored(sent));
  }

  /** As the relay does it: in order, on from the first that isn't acknowledged. */
  private static int publishAll(EventPublisher publisher, List<RecordedEvent> events) {
    var cut = 0;
    for (var done = 0; done < events.size(); ) {
      var outcomes = publish(publisher, events.subList(done, events.size()));
      var taken = outcomes.stream().takeWhile(Acknowledged.class::isInstance).count();
      cut += taken > 0 && taken < outcomes.size() ? 1 : 0;
      done += (int) taken;
    }
    return cut;
  }

  private long lastSequence() {
    return broker.<Long>manage(
        management -> management.getStreamInfo("USER_EVENTS").getStreamState().getLastSequence());
  }

  @Test
  void a_frozen_server_costs_the_deadline_once_and_then_nothing() throws IOException {
    var messaging = broker.openReady();
    var events = someEvents(600);
    broker.server().pause();

    var outcomes = timed(DEADLINE.plus(AT_ONCE), () -> publish(messaging.publisher(), events));

    assertThat(outcomes).hasSize(600).allMatch(Unknown.class::isInstance);
    assertThat(outcomes.getFirst())
        .isEqualTo(new Unknown("no acknowledgement within " + DEADLINE.toMillis() + " ms"));
    assertThat(timed(AT_ONCE, () -> publish(messaging.publisher(), events)))
        .allMatch(Unknown.class::isInstance);
    broker.server().resume();
    await()
        .until(
            () -> publish(messaging.publisher(), events),
            now -> now.stream().allMatch(Acknowledged.class::isInstance));
    assertThat(broker.stored()).containsExactlyInAnyOrderElementsOf(asStored(events));
  }

  @Test
  void events_in_the_air_dont_wait_for_a_connection_that_is_lost() throws Exception {
    var messaging = openReadyWithLongDeadline();
    broker.server().pause();
    var seen = new ArrayList<Outcome>();
    var thread = waiting(() -> seen.addAll(publish(messaging.publisher(), someEvents(3))));

    broker.server().kill();

    assertThat(thread.join(WELL_BEFORE)).isTrue();
    assertThat(seen)
        .hasSize(3)
        .allMatch(
            outcome ->
                outcome instanceof Unknown(var reason) && reason.startsWith("connection lost"));
  }

  /** A deadline that doesn't pass on its own while a busy machine gets to the point. */
  private NatsMessaging openReadyWithLongDeadline() {
    var messaging = broker.open(optionsFor(LONG_DEADLINE, broker.server().url()), _ -> {});
    awaitReady(messaging);
    return messaging;
  }

  /** A thread that has begun to wait for what never comes. */
  private static Thread waiting(Runnable work) {
    var thread = Thread.ofPlatform().start(work);
    await().until(thread::getState, Thread.State.TIMED_WAITING::equals);
    return thread;
  }

  /** Another instance may have a way: the relay is to offer its lease at once. */
  @Test
  void a_lost_link_is_no_way_also_while_an_answer_from_it_is_awaited() {
    var messaging = broker.open(optionsFor(SHORT_DEADLINE, broker.server().url()), _ -> {});
    awaitReady(messaging);
    var session = messaging.publisher().session();
    broker.server().pause();
    assertThatThrownBy(session::look).isInstanceOf(StreamUnavailable.class); // so it is asked anew

    assertThat(session.publish(List.of(Publication.of(someEvents(1).getFirst()))))
        .hasOnlyElementsOfType(Unknown.class);

    assertThatThrownBy(messaging.publisher()::session).isInstanceOf(StreamUnavailable.class);
  }

  @Test
  void an_interrupted_publisher_ends_at_once_and_stays_interrupted() throws Exception {
    var messaging = openReadyWithLongDeadline();
    broker.server().pause();
    var seen = new ArrayList<Outcome>();
    var stayed = new ArrayList<Boolean>();
    var thread =
        waiting(
            () -> {
              seen.addAll(publish(messaging.publisher(), someEvents(3)));
              stayed.add(Thread.currentThread().isInterrupted());
            });

    thread.interrupt();

    assertThat(thread.join(WELL_BEFORE)).isTrue();
    assertThat(seen).hasSize(3).allMatch(Unknown.class::isInstance);
    assertThat(stayed).containsExactly(true);
  }

  @Test
  void closing_takes_no_longer_than_some_seconds_also_when_the_server_hangs() {
    var messaging = broker.openReady();
    broker.server().pause();

    timed(
        Duration.ofSeconds(4),
        () -> {
          messaging.close();
          return List.of();
        });

    assertThat(messaging.connection()).isEqualTo(new Disconnected("closed"));
    assertThat(publish(messaging.publisher(), someEvents(1))).allMatch(Unknown.class::isInstance);
  }

  @Test
  void closing_is_quick_too_while_a_connection_is_tried() {
    broker.server().pause();
    var messaging = broker.open();

    timed(
        Duration.ofSeconds(4),
        () -> {
          messaging.close();
          return List.of();
        });

    broker.server().resume();
    assertThat(publish(messaging.publisher(), someEvents(1))).allMatch(Unknown.class::isInstance);
  }

  @Test
  void what_was_never_started_can_be_closed() {
    var messaging = new NatsMessaging(optionsFor(broker.server().url()), _ -> {});

    messaging.close();

    assertThat(publish(messaging.publisher(), someEvents(1))).allMatch(Unknown.class::isInstance);
  }

  private interface Publishing {
    List<Outcome> run();
  }

  private static List<Outcome> timed(Duration atMost, Publishing publication) {
    var start = System.nanoTime();
    var outcomes = publication.run();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(atMost);
    return outcomes;
  }
}
