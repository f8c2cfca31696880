package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.delivery.Relay.Idle;
import io.userservice.application.delivery.Relay.Progress;
import io.userservice.application.delivery.Relay.Stuck;
import io.userservice.application.driven.DeliveryObserver.Published;
import io.userservice.application.driven.DeliveryObserver.Repaired;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.testkit.DecoratedPublisher;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.RecordingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** One step after another, by a lease of nine seconds that is renewed every three. */
final class RelayStepTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InMemoryPersistence store =
      new InMemoryPersistence(now::get, Duration.ofSeconds(9));
  private final InMemoryStream stream = new InMemoryStream();
  private final RecordingObserver observer = new RecordingObserver();
  private final AtomicReference<Runnable> afterSending = new AtomicReference<>(() -> {});
  private final HeldLease lease =
      new HeldLease(
          store.lease().tryAcquire().orElseThrow(), new Interval(now::get, Duration.ofSeconds(3)));
  private final Intake intake =
      new Intake(store.outbox(), store.recent(), new Interval(now::get, Duration.ofSeconds(5)));
  private final StreamWatch watch =
      new StreamWatch(
          new Sending(),
          store.ledger(),
          store.outbox(),
          intake,
          observer,
          now::get,
          new Interval(now::get, Duration.ofHours(1)));
  private final Relay relay = new Relay(store.outbox(), intake, watch, observer, now::get);

  /** Something happens between sending and what comes of it. */
  private final class Sending extends DecoratedPublisher {
    Sending() {
      super(stream);
    }

    @Override
    protected List<Outcome> publish(
        Session behind, List<Publication> publications, BooleanSupplier permitted) {
      var outcomes = behind.publish(publications, permitted);
      afterSending.get().run();
      return outcomes;
    }
  }

  @Test
  void a_step_says_how_far_it_came() {
    assertThat(relay.step(lease, 10)).isEqualTo(new Idle());

    committed("a@example.org");
    committed("b@example.org");
    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(2));

    committed("c@example.org");
    stream.losesAcknowledgementsAfter(0);
    assertThat(relay.step(lease, 10)).isEqualTo(new Stuck());
    assertThat(store.outbox().next(10)).hasSize(1);
  }

  @Test
  void a_stream_that_is_away_is_in_the_way_of_what_waits_only() {
    stream.away(true);
    assertThat(relay.step(lease, 10)).isEqualTo(new Idle());

    committed("a@example.org");
    assertThat(relay.step(lease, 10)).isEqualTo(new Stuck());
  }

  @Test
  void who_loses_the_lease_over_it_leaves_the_outbox_alone() {
    committed("a@example.org");
    afterSending.set(
        () -> {
          now.set(NOW.plusSeconds(9));
          store.lease().tryAcquire().orElseThrow();
        });

    assertThatThrownBy(() -> relay.step(lease, 10)).isInstanceOf(LeaseGone.class);
    assertThat(store.outbox().next(10)).hasSize(1);
    assertThat(observer.facts(Published.class)).isEmpty();
  }

  @Test
  void who_gets_it_again_goes_on() {
    committed("a@example.org");
    afterSending.set(() -> now.set(NOW.plusSeconds(9)));

    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(1));
    assertThat(store.outbox().next(10)).isEmpty();
  }

  @Test
  void a_duplicate_of_long_ago_is_no_sign_of_a_loss() {
    relay.step(lease, 10);
    var first = committed("a@example.org");
    var second = committed("b@example.org");
    stream.session().publish(List.of(Publication.of(first), Publication.of(second)), () -> true);
    var pending = store.outbox().next(10).getLast();
    store.outbox().delivered(List.of(new Delivery(pending, 2)));
    watch.delivered(2);
    intake.forget();

    assertThat(relay.step(lease, 10)).isEqualTo(new Progress(1));

    assertThat(observer.facts(Published.class)).extracting(Published::duplicate).containsOnly(true);
    assertThat(observer.facts(Repaired.class)).isEmpty();
    assertThat(store.outbox().next(10)).isEmpty();
  }

  private RecordedEvent committed(String email) {
    var commit = commit(user(ACME, email));
    store.users().commit(commit);
    return commit.event();
  }
}
