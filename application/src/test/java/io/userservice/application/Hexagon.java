package io.userservice.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.delivery.RelayLoop;
import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.UserStore;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driving.ManageUsers;
import io.userservice.application.driving.ReadEvents;
import io.userservice.application.driving.ReadUsers;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.RecordingObserver;
import io.userservice.application.testkit.SequentialIds;
import io.userservice.application.testkit.Users;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.UserKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;

/** The whole application over adapters in memory. */
final class Hexagon {
  static final RelayLoop.Options QUICK =
      new RelayLoop.Options(
          100,
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMillis(1),
          50,
          Duration.ofMillis(5),
          Duration.ofMillis(1),
          Duration.ofMillis(20),
          Duration.ofSeconds(2));

  final InMemoryPersistence persistence =
      new InMemoryPersistence(InstantSource.system(), Duration.ofMillis(300));
  final InMemoryStream stream = new InMemoryStream();
  final RecordingObserver observer = new RecordingObserver();
  final UserApplication application;

  Hexagon(InstantSource clock) {
    application = instance(clock);
  }

  Hexagon() {
    this(InstantSource.system());
  }

  /** One more instance of the application on the same store and stream. */
  UserApplication instance(InstantSource clock) {
    return instance(clock, stream);
  }

  /** The same with a way of its own to the stream. */
  UserApplication instance(InstantSource clock, EventPublisher publisher) {
    return instance(persistence.users(), clock, publisher);
  }

  /** The same with another store of users. */
  UserApplication over(UserStore users) {
    return instance(users, InstantSource.system(), stream);
  }

  private UserApplication instance(UserStore users, InstantSource clock, EventPublisher publisher) {
    return new UserApplication(
        new UserApplication.Ports(
            users,
            persistence.directory(),
            persistence.log(),
            persistence.outbox(),
            persistence.recent(),
            persistence.lease(),
            persistence.signal(),
            persistence.ledger(),
            publisher,
            observer,
            new SequentialIds(),
            clock,
            () -> 0));
  }

  /** Makes the change as a request does. */
  RecordedEvent committed(ActiveUser user) {
    var commit = Users.commit(user);
    assertThat(persistence.users().commit(commit)).isEqualTo(new Committed());
    return commit.event();
  }

  /** All is published but what was set aside. */
  void awaitNothingPending() {
    await().until(() -> persistence.outbox().next(1).isEmpty());
  }

  void awaitAllDelivered() {
    awaitNothingPending();
    assertThat(persistence.outbox().backlog().quarantined()).isZero();
  }

  void assertOrderPerUser() {
    assertOrderPerUser(stream.events());
  }

  static void assertOrderPerUser(List<RecordedEvent> events) {
    var versions = new HashMap<UserKey, Long>();
    for (var event : events) {
      var expected = versions.merge(event.user(), 1L, Long::sum);
      assertThat(event.version().value()).as("next of " + event.user()).isEqualTo(expected);
    }
  }

  ManageUsers manage() {
    return application.manageUsers();
  }

  ReadUsers read() {
    return application.readUsers();
  }

  ReadEvents events() {
    return application.readEvents();
  }
}
