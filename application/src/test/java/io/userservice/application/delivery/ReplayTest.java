package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.changed;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.profile;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.Replayed;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.DecoratedPublisher;
import io.userservice.application.testkit.InMemoryPersistence;
import io.userservice.application.testkit.InMemoryStream;
import io.userservice.application.testkit.SequentialIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Past events once more, under ids of their own. */
@Execution(ExecutionMode.CONCURRENT)
final class ReplayTest {
  private final InMemoryPersistence store = new InMemoryPersistence();
  private final InMemoryStream stream = new InMemoryStream();
  private final FencingToken holder = store.lease().tryAcquire().orElseThrow().token();
  private final List<Replayed> reached = new ArrayList<>();
  private int users;

  @Test
  void a_replay_goes_on_page_by_page() {
    delivered(1_001);

    assertThat(replay(stream)).isEqualTo(1_001);

    assertThat(reached)
        .containsExactly(
            new Replayed(500, 500), new Replayed(1_000, 1_000), new Replayed(1_001, 1_001));
    assertThat(stream.events())
        .extracting(event -> event.version().value())
        .hasSize(1_001)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void what_was_not_acknowledged_is_sent_again_under_the_same_id() {
    delivered(3);
    stream.losesAcknowledgementsAfter(1);
    var sent = new ArrayList<Publication>();

    var recording =
        new DecoratedPublisher(stream) {
          @Override
          protected List<Outcome> publish(Session behind, List<Publication> publications) {
            sent.addAll(publications);
            var outcomes = behind.publish(publications);
            if (sent.size() == 2) {
              stream.acknowledgesAll();
            }
            return outcomes;
          }
        };

    assertThat(replay(recording)).isEqualTo(3);
    assertThat(sent.get(2)).as("tried again").isEqualTo(sent.get(1));
    assertThat(sent).extracting(Publication::messageId).doesNotContain(sent.get(1).event().id());
    assertThat(stream.publications()).hasSize(3).allMatch(Publication::isReplay);
  }

  @Test
  void a_way_to_the_stream_that_is_lost_is_waited_for_a_little() {
    delivered(3);
    var tries = new AtomicInteger();
    var losing = losing(() -> tries.incrementAndGet() <= 2);

    assertThat(replay(losing)).isEqualTo(3);
    assertThat(stream.events()).hasSize(3);
  }

  @Test
  void a_way_that_stays_lost_ends_it_and_what_went_is_counted() {
    delivered(502);
    var losing = losing(() -> stream.events().size() == 500);

    assertThatThrownBy(() -> replay(losing))
        .isInstanceOf(StreamUnavailable.class)
        .hasMessage("no way; 500 events went before");
    assertThat(reached).last().isEqualTo(new Replayed(500, 500));
  }

  @Test
  void a_replay_goes_on_where_another_one_ended() {
    delivered(2);
    delivered(2);
    delivered(2);
    stream.losesAcknowledgementsAfter(3);
    assertThatThrownBy(() -> replay(stream)).isInstanceOf(StreamUnavailable.class);
    stream.acknowledgesAll();
    var place = reached.getLast().sequence();

    var rest = new Replay(store.log(), store.outbox(), stream, new SequentialIds());

    assertThat(reached.getLast()).as("the first of each user went").isEqualTo(new Replayed(3, 1));
    assertThat(rest.run(new OfTenant(ACME), place, reached::add)).isEqualTo(5);
    assertThat(new HashSet<>(stream.events())).hasSize(6);
  }

  private EventPublisher losing(BooleanSupplier isLost) {
    return new DecoratedPublisher(stream) {
      @Override
      public Session session() {
        if (isLost.getAsBoolean()) {
          throw new StreamUnavailable("no way");
        }
        return super.session();
      }
    };
  }

  @Test
  void a_stream_that_never_acknowledges_ends_it_after_five_tries() {
    delivered(3);
    stream.losesAcknowledgementsAfter(1);
    var tries = new ArrayList<Publication>();

    var recording =
        new DecoratedPublisher(stream) {
          @Override
          protected List<Outcome> publish(Session behind, List<Publication> publications) {
            tries.addAll(publications);
            return behind.publish(publications);
          }
        };

    assertThatThrownBy(() -> replay(recording))
        .isInstanceOf(StreamUnavailable.class)
        .hasMessage("stored, but the acknowledgement was lost; 1 events went before");
    assertThat(tries).as("the first, and five times the second").hasSize(6);
  }

  @Test
  void an_event_that_is_refused_ends_it_and_is_named() {
    var ids = delivered(501);
    stream.refusesMoreThan(10);
    var growing =
        new DecoratedPublisher(stream) {
          @Override
          protected List<Outcome> publish(Session behind, List<Publication> publications) {
            if (stream.events().size() < 500) {
              stream.refusesNothing();
            } else {
              stream.refusesMoreThan(10);
            }
            return behind.publish(publications);
          }
        };

    assertThatThrownBy(() -> replay(growing))
        .isInstanceOf(StreamUnavailable.class)
        .hasMessageStartingWith("the stream refuses event " + ids.getLast() + ": ")
        .hasMessageEndingWith("; 500 events went before");
  }

  @Test
  void what_went_beside_a_refused_event_is_counted() {
    delivered(1);
    delivered(1);
    var refusing =
        new DecoratedPublisher(stream) {
          @Override
          protected List<Outcome> publish(Session behind, List<Publication> publications) {
            var outcomes = new ArrayList<>(behind.publish(publications));
            outcomes.set(1, new Refused("not that one"));
            return outcomes;
          }
        };

    assertThatThrownBy(() -> replay(refusing))
        .hasMessageEndingWith(": not that one; 1 events went before");
  }

  @Test
  void an_interruption_between_two_pages_ends_it() {
    delivered(501);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> replay(stream)).hasMessage("interrupted");
    assertThat(Thread.interrupted()).as("told on").isTrue();
    assertThat(stream.events()).hasSize(500);
  }

  @Test
  void between_two_pages_what_is_new_has_its_turn() {
    delivered(501);
    var first = commit(user(ACME, "new@example.org"));
    store.users().commit(first);
    var slow = // two more looks, and the relay has published it
        new DecoratedOutbox(store.outbox()) {
          private int looks;

          @Override
          public List<Pending> next(int limit) {
            var next = inner.next(limit);
            if (++looks == 3) {
              inner.delivered(holder, List.of(new Delivery(next.getFirst(), 1_000)));
              assertThat(stream.events()).as("no second page so far").hasSize(500);
            }
            return next;
          }
        };

    var replay = new Replay(store.log(), slow, stream, new SequentialIds());
    assertThat(replay.run(new OfTenant(ACME), 0, reached::add)).isEqualTo(502);

    assertThat(slow.looks).isEqualTo(4);
    assertThat(store.outbox().next(1)).isEmpty();
  }

  private long replay(EventPublisher publisher) {
    return new Replay(store.log(), store.outbox(), publisher, new SequentialIds())
        .run(new OfTenant(ACME), 0, reached::add);
  }

  /** So many events of one user that the stream has had; gives their ids. */
  private List<Object> delivered(int count) {
    var ids = new ArrayList<>();
    var email = "u" + users++ + "@example.org";
    var user = user(ACME, email);
    for (var i = 0; i < count; i++) {
      user = i == 0 ? user : changed(user, profile(email, "N" + i));
      var commit = commit(user);
      store.users().commit(commit);
      ids.add(commit.event().id());
    }
    var deliveries = new ArrayList<Delivery>();
    store
        .outbox()
        .next(count)
        .forEach(pending -> deliveries.add(new Delivery(pending, pending.sequence())));
    store.outbox().delivered(holder, deliveries);
    return ids;
  }
}
