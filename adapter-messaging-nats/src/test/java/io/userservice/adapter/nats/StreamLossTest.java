package io.userservice.adapter.nats;

import static io.userservice.application.testkit.EventPublisherContract.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.PurgeOptions;
import io.userservice.adapter.nats.testserver.Folders;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher.Session;
import io.userservice.application.driven.EventPublisher.Stored;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.RecordedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a real JetStream shows that it lost what it had acknowledged, and that it didn't. */
final class StreamLossTest {
  @TempDir private Path store;
  @TempDir private Path copy;
  private Broker broker;
  private NatsMessaging messaging;
  private List<RecordedEvent> events;

  @BeforeEach
  void publishSome() throws IOException {
    broker = new Broker(NatsServer.ofOurOwn(Setup.in(store)));
    messaging = broker.openReady();
    events = Broker.someEvents(20);
    publish(messaging.publisher(), events.subList(0, 10));
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void a_killed_server_comes_back_with_the_same_stream() throws IOException {
    var before = session().look();

    broker.server().kill();
    broker.server().restart();

    assertThat(newSession(session -> true).look()).isEqualTo(before);
  }

  @Test
  void an_older_copy_of_the_store_ends_earlier_and_is_the_same_stream() throws IOException {
    broker.server().stop();
    Folders.copy(store, copy);
    broker.server().restart();
    publishMore(newSession(session -> true), events.subList(10, 20));
    var before = session().look();
    assertThat(before.last()).isEqualTo(20);

    broker.server().kill();
    Folders.clear(store);
    Folders.copy(copy, store);
    broker.server().restart();

    var after = newSession(session -> true).look();
    assertThat(after.incarnation()).isEqualTo(before.incarnation());
    assertThat(after.last()).isEqualTo(10);
  }

  @Test
  void a_wiped_store_is_another_stream() throws IOException {
    var before = session().look();

    broker.server().kill();
    Folders.clear(store);
    broker.server().restart();

    var after = newSession(session -> true).look();
    assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
    assertThat(after.last()).isZero();
  }

  @Test
  void a_deleted_stream_is_made_anew_when_it_is_missed() {
    var session = session();
    var before = session.look();
    broker.manage(management -> management.deleteStream("USER_EVENTS"));

    assertThatThrownBy(session::look).isInstanceOf(StreamUnavailable.class);

    var after = newSession(other -> other != session).look();
    assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
    assertThat(after.last()).isZero();
  }

  @Test
  void a_purge_moves_the_beginning_and_not_the_end() {
    broker.manage(
        management ->
            management.purgeStream("USER_EVENTS", PurgeOptions.builder().sequence(8).build()));

    assertThat(session().look().first()).isEqualTo(8);
    assertThat(session().look().last()).isEqualTo(10);
    assertThat(session().stored(1, 100)).containsExactly(stored(8), stored(9), stored(10));

    broker.manage(management -> management.purgeStream("USER_EVENTS"));

    assertThat(session().look().first()).isEqualTo(11);
    assertThat(session().look().last()).isEqualTo(10);
    assertThat(session().stored(1, 100)).isEmpty();
  }

  @Test
  void messages_of_others_are_told_apart_and_deleted_ones_are_skipped() {
    broker.ask(connection -> connection.jetStream().publish("user.created", new byte[0]));
    broker.manage(management -> management.deleteMessage("USER_EVENTS", 10));

    assertThat(session().stored(9, 100))
        .containsExactly(stored(9), new Stored(11, Optional.empty()));

    broker.manage(management -> management.deleteMessage("USER_EVENTS", 11));

    assertThat(session().stored(9, 100)).containsExactly(stored(9));
  }

  private Stored stored(int sequence) {
    return new Stored(sequence, Optional.of(events.get(sequence - 1).id()));
  }

  private Session session() {
    return messaging.publisher().session();
  }

  private interface Wish {
    boolean isFor(Session session);
  }

  /** Waits until the stream can be looked at again. */
  private Session newSession(Wish wish) {
    return await()
        .ignoreExceptionsInstanceOf(StreamUnavailable.class)
        .until(
            () -> {
              var session = session();
              session.look();
              return session;
            },
            wish::isFor);
  }

  private void publishMore(Session session, List<RecordedEvent> more) {
    assertThat(session).isSameAs(messaging.publisher().session());
    publish(messaging.publisher(), more);
  }
}
