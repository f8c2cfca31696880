package io.userservice.application.testkit;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.event;
import static io.userservice.application.testkit.Users.user;
import static io.userservice.application.testkit.Users.withPayload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.driven.EventPublisher.Outcome;
import io.userservice.application.driven.EventPublisher.Overtaken;
import io.userservice.application.driven.EventPublisher.Publication;
import io.userservice.application.driven.EventPublisher.Refused;
import io.userservice.application.driven.EventPublisher.Stored;
import io.userservice.application.driven.EventPublisher.Unknown;
import io.userservice.application.driven.StreamUnavailable;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link EventPublisher}, one test each. */
public abstract class EventPublisherContract {
  private Fixture stream;

  /** The adapter under test, over an empty stream. Called once for each test. */
  protected abstract Fixture fixture();

  /** A publisher and the stream behind it. */
  public interface Fixture extends AutoCloseable {
    EventPublisher publisher();

    /** The ids and payloads in the stream, in order, as {@code id payload}. */
    List<String> stored();

    /** Makes the broker unreachable. */
    void away();

    /** Makes it reachable again, with what it had stored. */
    void back();

    /** More bytes than the broker takes in one event. */
    int tooManyBytes();

    @Override
    void close();
  }

  @BeforeEach
  final void openStream() {
    stream = fixture();
  }

  @AfterEach
  final void closeStream() {
    stream.close();
  }

  @Test
  void events_are_in_the_stream_in_order_with_their_payload_byte_for_byte() {
    var events = someEvents(700);
    events.set(1, withPayload(events.get(1), "{ \"a\":\"😀שł\u2028\",\n \"b\":1e2}"));

    var outcomes = publish(stream.publisher(), events);

    assertThat(outcomes).hasSize(700).allMatch(Acknowledged.class::isInstance);
    assertThat(stream.stored()).isEqualTo(events.stream().map(this::asStored).toList());
  }

  @Test
  void acknowledgements_carry_the_sequence_in_the_stream() {
    var outcomes = publish(stream.publisher(), someEvents(3));

    assertThat(outcomes)
        .containsExactly(
            new Acknowledged(1, false), new Acknowledged(2, false), new Acknowledged(3, false));
  }

  @Test
  void an_event_that_is_sent_again_is_in_the_stream_once() {
    var events = someEvents(2);
    publish(stream.publisher(), events);

    var again = publish(stream.publisher(), events);

    assertThat(again).containsExactly(new Acknowledged(1, true), new Acknowledged(2, true));
    assertThat(stream.stored()).hasSize(2);
  }

  @Test
  void an_event_that_is_sent_again_after_an_interruption_is_in_the_stream_once() {
    var events = someEvents(2);
    publish(stream.publisher(), events);
    interrupt();

    var again = publish(stream.publisher(), events);

    assertThat(again).containsExactly(new Acknowledged(1, true), new Acknowledged(2, true));
    assertThat(stream.stored()).hasSize(2);
  }

  private void interrupt() {
    stream.away();
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(stream.publisher()::session)
                    .isInstanceOf(StreamUnavailable.class));
    stream.back();
  }

  @Test
  void the_largest_payload_is_told_in_octets_and_is_taken() {
    var events = someEvents(3);
    publish(stream.publisher(), events.subList(0, 1)); // the broker has said it by now
    var most = stream.publisher().largestPayload().orElseThrow();
    assertThat(most).isBetween(stream.tooManyBytes() / 2, stream.tooManyBytes());
    var largest = withPayload(events.get(1), "\"" + "x".repeat(most - 2) + "\"");
    var fewCharacters = "\"" + "ä".repeat(stream.tooManyBytes() / 2) + "\"";

    var outcomes =
        publish(stream.publisher(), List.of(largest, withPayload(events.get(2), fewCharacters)));

    assertThat(outcomes.get(0)).isInstanceOf(Acknowledged.class);
    assertThat(outcomes.get(1)).isInstanceOf(Refused.class);
    assertThat(stream.stored()).hasSize(2).last().isEqualTo(asStored(largest));
  }

  @Test
  void an_event_that_is_too_large_is_refused_and_the_others_are_not() {
    var events = someEvents(3);
    events.set(1, withPayload(events.get(1), "\"" + "x".repeat(stream.tooManyBytes()) + "\""));

    var outcomes = publish(stream.publisher(), events);

    assertThat(outcomes.get(0)).isInstanceOf(Acknowledged.class);
    assertThat(outcomes.get(1)).isInstanceOf(Refused.class);
    assertThat(outcomes.get(2)).isInstanceOf(Acknowledged.class);
    assertThat(stream.stored()).containsExactly(asStored(events.get(0)), asStored(events.get(2)));
  }

  @Test
  void a_broker_that_is_away_refuses_nothing_and_takes_all_when_it_is_back() {
    var events = someEvents(5);
    stream.away();
    var outcomes = publish(stream.publisher(), events);

    assertThat(outcomes).hasSize(5).allMatch(Unknown.class::isInstance);

    stream.back();
    assertThat(publish(stream.publisher(), events)).allMatch(Acknowledged.class::isInstance);
    assertThat(stream.stored()).isEqualTo(events.stream().map(this::asStored).toList());
  }

  @Test
  void nothing_published_is_nothing_answered() {
    assertThat(publish(stream.publisher(), List.of())).isEmpty();
  }

  @Test
  void a_session_stays_the_same_until_it_is_interrupted() {
    var session = stream.publisher().session();
    publish(stream.publisher(), someEvents(3));
    assertThat(stream.publisher().session()).isSameAs(session);

    interrupt();

    assertThat(stream.publisher().session()).isNotSameAs(session);
    assertThat(session.publish(publications(someEvents(1))))
        .as("nothing goes out through a session that has ended")
        .allMatch(Unknown.class::isInstance);
    assertThatThrownBy(session::look).isInstanceOf(StreamUnavailable.class);
    assertThatThrownBy(() -> session.stored(1, 10)).isInstanceOf(StreamUnavailable.class);
    assertThat(stream.stored()).hasSize(3);
  }

  @Test
  void the_stream_is_the_same_after_an_interruption_and_its_sequences_go_on() {
    var events = someEvents(4);
    publish(stream.publisher(), events.subList(0, 3));
    var before = stream.publisher().session().look();

    interrupt();

    var session = stream.publisher().session();
    assertThat(session.look()).isEqualTo(before);
    assertThat(session.publish(publications(events.subList(3, 4))))
        .containsExactly(new Acknowledged(4, false));
    assertThat(session.look().last()).isEqualTo(4);
    assertThat(session.stored(1, 10)).isEqualTo(stored(events, 1));
  }

  @Test
  void nothing_is_sent_once_that_is_not_permitted() {
    var left = new AtomicInteger(3);
    var events = publications(someEvents(5));

    var outcomes = stream.publisher().session().append(0, events, () -> left.getAndDecrement() > 0);

    assertThat(outcomes.subList(0, 3)).allMatch(Acknowledged.class::isInstance);
    assertThat(outcomes.subList(3, 5)).allMatch(Unknown.class::isInstance);
    assertThat(stream.stored()).hasSize(3);
  }

  /** Each time all that was permitted before is on its way, and arrives. */
  @Test
  void permission_is_asked_right_before_each_is_sent() {
    var session = stream.publisher().session();
    var permitted = new AtomicInteger();

    var outcomes =
        session.append(
            0,
            publications(someEvents(3)),
            () -> {
              await()
                  .atMost(Duration.ofSeconds(5))
                  .untilAsserted(() -> assertThat(stream.stored()).hasSize(permitted.get()));
              permitted.incrementAndGet();
              return true;
            });

    assertThat(outcomes).hasSize(3).allMatch(Acknowledged.class::isInstance);
    assertThat(permitted).hasValue(3);
  }

  @Test
  void appended_events_are_behind_the_end_each_behind_the_one_before_it() {
    var session = stream.publisher().session();
    var events = someEvents(700);
    var first = session.append(0, publications(events.subList(0, 300)), () -> true);

    var second = session.append(300, publications(events.subList(300, 700)), () -> true);

    assertThat(first).hasSize(300).allMatch(Acknowledged.class::isInstance);
    assertThat(second).hasSize(400).first().isEqualTo(new Acknowledged(301, false));
    assertThat(second).last().isEqualTo(new Acknowledged(700, false));
    assertThat(stream.stored()).isEqualTo(events.stream().map(this::asStored).toList());
  }

  @Test
  void an_appended_event_whose_place_is_anothers_isnt_stored() {
    var session = stream.publisher().session();
    publish(stream.publisher(), someEvents(5));

    var late = session.append(0, publications(someEvents(5)), () -> true);
    var early = session.append(6, publications(someEvents(5)), () -> true);

    assertThat(late).hasSize(5).allMatch(Overtaken.class::isInstance);
    assertThat(early).hasSize(5).allMatch(Overtaken.class::isInstance);
    assertThat(stream.stored()).hasSize(5);
  }

  @Test
  void an_appended_event_that_is_there_already_is_told_as_a_duplicate() {
    var session = stream.publisher().session();
    var events = publications(someEvents(2));
    session.publish(events);

    var again = session.append(2, events.subList(0, 1), () -> true);

    assertThat(again).containsExactly(new Acknowledged(1, true));
    assertThat(stream.stored()).hasSize(2);
  }

  @Test
  void of_appended_events_those_whose_place_is_free_are_stored_there() {
    var session = stream.publisher().session();
    publish(stream.publisher(), someEvents(2));

    var outcomes = session.append(0, publications(someEvents(4)), () -> true);

    assertThat(outcomes.subList(0, 2)).allMatch(Overtaken.class::isInstance);
    assertThat(outcomes.subList(2, 4))
        .containsExactly(new Acknowledged(3, false), new Acknowledged(4, false));
  }

  @Test
  void what_is_appended_behind_an_event_that_is_too_large_is_stored() {
    var events = someEvents(3);
    events.set(1, withPayload(events.get(1), "\"" + "x".repeat(stream.tooManyBytes()) + "\""));

    var outcomes = stream.publisher().session().append(0, publications(events), () -> true);

    assertThat(outcomes.get(0)).isEqualTo(new Acknowledged(1, false));
    assertThat(outcomes.get(1)).isInstanceOf(Refused.class);
    assertThat(outcomes.get(2)).isEqualTo(new Acknowledged(2, false));
  }

  @Test
  void the_stream_tells_what_it_holds() {
    var session = stream.publisher().session();
    var empty = session.look();
    assertThat(empty.last()).isZero();
    assertThat(empty.first()).isLessThanOrEqualTo(1);
    assertThat(session.stored(1, 10)).isEmpty();
    var events = someEvents(25);

    publish(stream.publisher(), events);

    var full = session.look();
    assertThat(full.incarnation()).isEqualTo(empty.incarnation());
    assertThat(full.first()).isEqualTo(1);
    assertThat(full.last()).isEqualTo(25);
    assertThat(session.stored(1, 10)).isEqualTo(stored(events.subList(0, 10), 1));
    assertThat(session.stored(21, 10)).isEqualTo(stored(events.subList(20, 25), 21));
    assertThat(session.stored(26, 10)).isEmpty();
  }

  private static List<Stored> stored(List<RecordedEvent> events, long from) {
    return IntStream.range(0, events.size())
        .mapToObj(i -> new Stored(from + i, Optional.of(events.get(i).id())))
        .toList();
  }

  @Test
  void a_replay_is_stored_beside_the_event_under_an_id_of_its_own() {
    var event = someEvents(1).getFirst();
    publish(stream.publisher(), List.of(event));
    var replay = new Publication(new EventId(UUID.randomUUID()), event);

    var outcomes = stream.publisher().session().publish(List.of(replay));

    assertThat(outcomes).containsExactly(new Acknowledged(2, false));
    assertThat(stream.publisher().session().stored(2, 10))
        .containsExactly(new Stored(2, Optional.of(replay.messageId())));
  }

  /** Publishes events under their own ids; all outcomes are unknown while there is no session. */
  public static List<Outcome> publish(EventPublisher publisher, List<RecordedEvent> events) {
    try {
      return publisher.session().publish(publications(events));
    } catch (StreamUnavailable away) {
      var unknown = new Unknown(String.valueOf(away.getMessage()));
      return events.stream().<Outcome>map(_ -> unknown).toList();
    }
  }

  private static List<Publication> publications(List<RecordedEvent> events) {
    return events.stream().map(Publication::of).toList();
  }

  private static List<RecordedEvent> someEvents(int count) {
    var events = new ArrayList<RecordedEvent>();
    for (var i = 0; i < count; i++) {
      events.add(event(user(ACME, "u" + i + "@example.org")));
    }
    return events;
  }

  private String asStored(RecordedEvent event) {
    return event.id() + " " + event.payload();
  }
}
